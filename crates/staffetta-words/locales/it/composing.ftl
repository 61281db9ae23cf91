# Nuovo flusso, la pagina su cui si compone, e Attiva.

# --- Nuovo flusso ---

compose-new-lead = Scegli per quale servizio scrivi e che cosa mandi. Potrai cambiare tutto finché il flusso è Inattivo.
compose-faults = C'è qualcosa da correggere: guarda accanto ai campi.
compose-choose-service = Scegli il servizio per cui scrivi.
compose-choose-nature = Scegli la natura del flusso.
compose-write-description = Scrivi di che cosa si tratta, in poche parole.
compose-nature-help = Solo un Avviso di pagamento porta l'importo e il numero avviso su IO.
compose-description-help = Per ritrovare il flusso nell'elenco. Il cittadino non la vede.
compose-new-do = Crea e prosegui
compose-new-leave = Lascia stare

# --- La pagina ---

compose-flow = Flusso
compose-title = Componi
compose-heading = Componi il flusso
compose-steps = Le parti di questa pagina
compose-message = Messaggio
compose-recipients = Destinatari
compose-preview = Anteprima

# --- Messaggio ---

compose-reference = Riferimento dell'ufficio (facoltativo)
compose-reference-help = Un nome vostro, per esempio il numero di protocollo. Il cittadino non lo vede.
compose-subject = Oggetto
compose-markdown = Contenuto
compose-markdown-help = Puoi usare **grassetto**, elenchi con il trattino e titoli con #. Una riga vuota comincia un nuovo paragrafo.
compose-typed = Caratteri scritti: { "{" }found{ "}" }; quelli che conta IO sono nell'anteprima.
compose-no-columns = Carica il file dei destinatari: i nomi delle sue colonne diventano segnaposto da mettere nel testo.
compose-columns = Segnaposto: un clic mette nel testo il valore di quella colonna.
toolbar = Aspetto del testo
toolbar-bold = Grassetto
toolbar-italic = Corsivo
toolbar-heading = Titolo
toolbar-list = Elenco
toolbar-numbers = Elenco numerato
toolbar-link = Collegamento
toolbar-sample = testo
compose-examples = Come si scrivono i valori del tuo file
compose-examples-help = I formati, con il primo valore di ogni colonna. Un clic li mette nel testo.
compose-format = Come scrivere il prossimo segnaposto
compose-format-plain = com’è nel file
compose-format-date = data: 15/12/2026
compose-format-long-date = data estesa: 15 dicembre 2026
compose-format-euro = importo: 1.234,56 €
compose-format-capitals = Iniziali Maiuscole
compose-format-upper = TUTTO MAIUSCOLO
compose-format-lower = tutto minuscolo
compose-save = Salva la bozza
compose-saves-itself = La bozza è salvata, e si salva da sola mentre scrivi.
compose-no-script = Senza JavaScript la bozza non si salva da sola: premi “Salva la bozza” prima di caricare il file o di lasciare la pagina.
compose-saved = Bozza salvata alle { $time }.
compose-saved-not-all = Bozza salvata alle { $time }, ma non tutto: guarda accanto ai campi.
compose-not-saved = La bozza non è salvata: guarda accanto ai campi.
compose-lost = La bozza non è salvata: il server non risponde. Il testo resta qui; si riprova da soli tra poco.
compose-restored = C'era del testo non ancora salvato: è stato rimesso al suo posto.
compose-too-long = La bozza non è salvata: il testo è troppo lungo.
compose-reload = Ricarica la pagina
compose-session-over = La bozza non è salvata: la tua sessione è finita. Il testo resta qui. Accedi nell'altra scheda, poi torna in questa: la bozza si salva da sola.
compose-sign-in = Accedi in un'altra scheda
compose-session-over-new = La tua sessione è finita. Accedi di nuovo: ritrovi quello che hai scritto.
compose-session-over-title = La sessione è finita
compose-session-over-page = La bozza non è ancora salvata, ma il testo è qui sotto. Accedi in un'altra scheda, poi torna in questa e premi “Salva la bozza”.

# --- Destinatari ---

compose-file = File dei destinatari
compose-file-help = Un CSV, un Excel (.xlsx) o un foglio di LibreOffice (.ods). La prima riga contiene i nomi delle colonne; va bene anche un elenco di soli codici fiscali. Un nuovo file prende il posto di quello di prima.
compose-upload = Carica
compose-uploading = Sto caricando…
compose-upload-lost = Il caricamento si è interrotto. Controlla il collegamento e che la sessione non sia finita, poi riprova.
compose-uploaded = caricato il
compose-reading = Sto leggendo il file. Puoi continuare a scrivere: il risultato compare qui.
compose-refresh = Aggiorna
compose-read-again = Controlla l'elenco
# $shown, $valid and $wrong are numbers as they are shown; $count and $rows choose singular or plural.
compose-list-ready =
    { $count ->
        [one] L'elenco è pronto: un destinatario.
       *[other] L'elenco è pronto: { $shown } destinatari.
    }
compose-list-wrong =
    { $count ->
        [one] Una riga del file è sbagliata
       *[other] { $wrong } righe del file sono sbagliate
    }; quelle giuste sono { $valid }. Per ora l'elenco non è stato preso.
compose-plan = Il messaggio e il file non vanno ancora d'accordo.
compose-refused = Il file “{ $name }” non è stato preso.
compose-refused-before = Resta quello che c'era.
balance-read = Righe lette
balance-valid = Righe giuste
balance-wrong = Righe scartate
balance-repaired = Codici fiscali messi in ordine
balance-same = Righe ripetute, tenute una volta sola
balance-different = Righe della stessa persona con altro contenuto
compose-due = La colonna
compose-due-rest = diventa la scadenza su IO: alle 23:59:59 di quel giorno, ora di Roma, o all’ora che la cella dice.
compose-repairs = Codici fiscali messi in ordine: controlla come sono stati letti
compose-repetitions = Persone che compaiono più volte
compose-different = Chi ha più righe con contenuto diverso (per esempio due rate) riceverà più messaggi: Attiva te lo chiederà.
# $words is a sentence of the desk.
compose-at-line = Riga { $line }: { $words }
# $rows is the number as it is shown.
compose-accept =
    { $count ->
        [one] Prosegui con la sola riga giusta
       *[other] Prosegui con le { $rows } righe giuste
    }
compose-download = Scarica le righe da correggere
compose-open-flow = Apri il flusso

# --- Anteprima ---

compose-recipient = Destinatario { $position } di { $of }
compose-previous = Precedente
compose-next = Successivo
compose-first = Primo
compose-shortest = Il più corto
compose-longest = Il più lungo
compose-choose = Scegli quale messaggio guardare
compose-seek = Cerca un destinatario
compose-seek-label = Codice fiscale o numero del destinatario
compose-seek-help = Una ricerca per codice fiscale resta scritta nel registro delle consultazioni, con il tuo nome.
compose-seek-do = Cerca
compose-seek-number = Scrivi un numero da 1 a { $of }.
compose-seek-nobody = In questo elenco non c’è nessun messaggio per questo codice fiscale.
# $count is at least two.
compose-seek-several = Questa persona riceve { $count } messaggi: cerca di nuovo per vedere il prossimo.
compose-as-written = Ancora nessun elenco è pronto per questo testo: i segnaposto si vedono come sono scritti.
compose-count-subject = Oggetto: { $found } caratteri (IO ne vuole da { $min } a { $max }).
compose-count-markdown = Contenuto: { $found } caratteri (da { $min } a { $max }).
compose-count-buttons = Contenuto con i pulsanti: { $found } caratteri (IO ne vuole al massimo { $max }).
compose-problems = Prima di inviare

# --- Attiva ---

compose-ready = Messaggio e destinatari sono pronti. Guarda la quadratura prima di attivare.
compose-to-balance = Vai alla quadratura
compose-ready-for-others = Messaggio e destinatari sono pronti. Per attivare il flusso serve chi può inviare per questo servizio.

activate-title = Attiva il flusso
activate-do = Attiva
activate-back = Torna a comporre
balance-title = Quadratura
balance-recipients = Destinatari, cioè messaggi
balance-total = Totale degli importi
balance-least = Importo più piccolo
balance-most = Importo più grande
activate-consent =
    { $rows ->
        [one] È giusto che una persona riceva più di un messaggio, con contenuto diverso
       *[other] È giusto che { $shown } righe siano di persone che ricevono più di un messaggio, con contenuto diverso
    }
activate-consent-help = Per esempio due rate dello stesso tributo. Se non è giusto, torna a comporre e correggi il file.
activate-consent-missing = Per attivare serve la tua conferma: metti la spunta, oppure correggi il file.
activate-what = Attivando, messaggio e destinatari si fermano così come li hai visti. Non parte ancora niente: si invia dopo, dalla pagina del flusso, e fino ad allora si può riportare a Inattivo.
