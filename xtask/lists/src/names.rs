//! Common Italian names and streets, to be put together by chance.
//!
//! Surnames of people known to everybody are left out, so that no example seems to speak of someone.
//! One name a line would make a long file that nobody reads: hence the skipped formatting.

/// Given names of men.
#[rustfmt::skip]
pub(crate) const MEN: [&str; 52] = [
    "Alessandro", "Andrea", "Antonio", "Carlo", "Claudio", "Daniele", "Davide", "Domenico", "Edoardo",
    "Emanuele", "Enrico", "Fabio", "Federico", "Filippo", "Francesco", "Gabriele", "Giacomo", "Gian Luca",
    "Giorgio", "Giosuè", "Giovanni", "Giuseppe", "Guido", "Ivo", "Jacopo", "Leonardo", "Lorenzo", "Luca",
    "Luigi", "Marcello", "Marco", "Mario", "Massimo", "Matteo", "Maurizio", "Michele", "Mosè", "Niccolò",
    "Nicola", "Noè", "Paolo", "Pasquale", "Pietro", "Raffaele", "Riccardo", "Roberto", "Salvatore",
    "Simone", "Stefano", "Tommaso", "Ugo", "Vincenzo",
];

/// Given names of women.
#[rustfmt::skip]
pub(crate) const WOMEN: [&str; 52] = [
    "Ada", "Adele", "Agnese", "Alessandra", "Alice", "Angela", "Anna", "Anna Maria", "Antonella",
    "Beatrice", "Bianca", "Camilla", "Carla", "Caterina", "Chiara", "Cristina", "Daniela", "Donatella",
    "Elena", "Eleonora", "Elisa", "Emma", "Federica", "Francesca", "Gaia", "Giovanna", "Giulia", "Grazia",
    "Ilaria", "Irene", "Laura", "Letizia", "Lucia", "Luisa", "Maddalena", "Margherita", "Maria",
    "Maria Grazia", "Marina", "Marta", "Martina", "Michela", "Nicoletta", "Noemi", "Paola", "Patrizia",
    "Rosa", "Sara", "Serena", "Silvia", "Teresa", "Veronica",
];

/// Surnames.
#[rustfmt::skip]
pub(crate) const SURNAMES: [&str; 120] = [
    "Abbate", "Albanesi", "Amadori", "Andreoli", "Antonini", "Bagnoli", "Baldassarri", "Barbagli",
    "Bartolini", "Belardinelli", "Bellandi", "Benassai", "Bertolazzi", "Bettinelli", "Bianconi", "Bigazzi",
    "Bonfanti", "Bordignon", "Borgonovo", "Brambati", "Bucciarelli", "Calì", "Calvaresi", "Campolongo",
    "Cantù", "Cappellini", "Carletti", "Carpineti", "Casalini", "Castagnoli", "Ceccarini", "Cerasoli",
    "Chiarugi", "Cipolletta", "Colasanti", "Corradini", "Cosentino", "Cremaschi", "D'Alonzo", "D'Angelo",
    "D'Onofrio", "De Felicis", "Dell'Acqua", "Delfino", "Di Bartolomeo", "Di Gregorio", "Donadio",
    "Fabbretti", "Falcinelli", "Ferracuti", "Fiordelli", "Fraccaroli", "Frangipane", "Gabbrielli",
    "Galassini", "Gambacorti", "Gasparotto", "Gherardini", "Giacomelli", "Giannelli", "Giovannoni",
    "Grassini", "Guarnieri", "Guerrini", "Iannucci", "Innocenti", "La Rocca", "Lanzoni", "Lattanzi",
    "Leonardini", "Lo Piccolo", "Luccarini", "Maggiolini", "Malavasi", "Mancinelli", "Manfredonia",
    "Marangoni", "Marchetti", "Martinengo", "Mascheroni", "Melchiorri", "Meneghin", "Mingarelli",
    "Montanari", "Morandini", "Nardini", "Nicolosi", "Nistri", "Ori", "Orlandini", "Pacchiarotti",
    "Palmieri", "Panzeri", "Pasqualini", "Perazzoli", "Piccinini", "Pomponi", "Puccinelli", "Quaglia",
    "Quintavalle", "Raffaelli", "Ravaglioli", "Rigamonti", "Rinaldini", "Romagnoli", "Sabbatini",
    "Salvadori", "Sanguineti", "Sartorelli", "Scarpellini", "Sinigaglia", "Spadoni", "Stefanelli",
    "Tagliaferri", "Tamburini", "Tommasini", "Trevisani", "Ubaldini", "Venturelli", "Zambelli",
];

/// Streets, squares and hamlets of the town that is made up.
#[rustfmt::skip]
pub(crate) const STREETS: [&str; 28] = [
    "Via Roma", "Via Giuseppe Garibaldi", "Via Giuseppe Mazzini", "Via Dante Alighieri", "Via XX Settembre",
    "Via IV Novembre", "Via della Repubblica", "Via Città di Castello", "Via Cefalù",
    "Via Nicolò Copernico", "Via dell'Olmo", "Via delle Mimose", "Via del Mulino", "Via Fonte Vecchia",
    "Via San Niccolò", "Via Santa Lucia", "Viale della Libertà", "Viale dell'Unità d'Italia",
    "Viale Europa", "Corso Vittorio Emanuele II", "Corso Italia", "Piazza della Libertà",
    "Piazza del Popolo", "Piazza Primo Maggio", "Vicolo Stretto", "Contrada San Nicolò",
    "Località Ca' Bianca", "Località Pian di Là",
];
