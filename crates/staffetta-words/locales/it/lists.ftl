# Come si legge il file dei destinatari: foglio, colonne, celle corrette, esclusi; e che cosa si trova nel controllo.

# --- Foglio e colonne ---

compose-sheet = Foglio da leggere
compose-sheet-help = Il file ha più fogli con dei dati: scegli quello con i destinatari.
compose-sheet-do = Leggi questo foglio
compose-columns-title = Colonne del file: che cosa contengono
compose-columns-help = Staffetta le riconosce dal nome. Guarda i primi valori e cambia quelle che non tornano: la scelta vale anche per il prossimo file di questo servizio con le stesse colonne.
compose-column = Colonna
compose-samples = Primi valori
compose-meaning = Che cos'è
compose-columns-do = Usa queste colonne
compose-expires = Dopo la scadenza l'avviso non si può più pagare (vale per tutti)

meaning-text = solo testo
meaning-fiscal-code = codice fiscale
meaning-due-date = scadenza
meaning-amount = importo in euro
meaning-amount-in-cents = importo in centesimi
meaning-notice-number = numero avviso
meaning-invalid-after-due-date = non pagabile dopo la scadenza (sì o no)
meaning-payee = codice fiscale dell'ente creditore
meaning-expedition-date = data di spedizione

# --- Incollare i codici ---

paste-title = Oppure incolla i codici fiscali
paste-codes = Codici fiscali
paste-help = Uno per riga, oppure più di uno separati da spazi, virgole o punti e virgola. Prendono il posto del file caricato.
paste-do = Usa questi codici
paste-file-name = codici incollati.csv
paste-empty = Non c'è nessun codice: incolla i codici fiscali e riprova. Non è cambiato niente.
paste-too-long = I codici sono troppi per incollarli: salvali in un file e caricalo. Non è cambiato niente.

# --- Chi è escluso ---

exclusion-title = Chi non deve ricevere il messaggio, per esempio perché ha già pagato
exclusion-file = File degli esclusi
exclusion-help = Un elenco con la colonna “Numero avviso” o “Codice fiscale”: chi c'è non riceve il messaggio. Se ha tutte e due le colonne, vale il numero avviso.
exclusion-do = Escludi chi è in questo file
exclusion-remove = Togli il file degli esclusi
exclusion-names-notices =
    { $count ->
        [one] un numero avviso da escludere.
       *[other] { $shown } numeri avviso da escludere.
    }
exclusion-names-codes =
    { $count ->
        [one] un codice fiscale da escludere.
       *[other] { $shown } codici fiscali da escludere.
    }
exclusion-unread =
    { $count ->
        [one] Una sua riga non si è potuta leggere, e non esclude nessuno.
       *[other] { $shown } sue righe non si sono potute leggere, e non escludono nessuno.
    }
exclusion-kept-both = Il file degli esclusi ha sia il codice fiscale sia il numero avviso: si confronta il numero avviso.
exclusion-kept-notice = Gli esclusi si confrontano per numero avviso.
exclusion-kept-code = Gli esclusi si confrontano per codice fiscale.
exclusion-no-column = Il file degli esclusi non ha né il codice fiscale né il numero avviso: non è stato preso.
exclusion-no-column-remedy = Intitola “Numero avviso” o “Codice fiscale” la colonna che lo contiene e carica di nuovo il file.
exclusion-no-rows = Nel file degli esclusi non c'è nessun codice che si riesca a leggere: non è stato preso.
exclusion-no-rows-remedy = Controlla la colonna: forse Excel ha arrotondato i numeri avviso, o i codici sono in un'altra colonna.
exclusion-no-file = Scegli il file degli esclusi. Non è cambiato niente.
exclusion-too-large = Il file degli esclusi è troppo grande. Non è cambiato niente.
exclusion-nobody = Attenzione: il file degli esclusi non esclude nessuno di questo elenco.
exclusion-nobody-remedy = Controlla che sia il file giusto, e che l'elenco abbia la stessa colonna (numero avviso o codice fiscale) con lo stesso significato.
row-excluded = È nel file degli esclusi: non riceve il messaggio.

# --- Correggere una cella ---

compose-fix = Correggi
# Before the line and the column.
compose-fix-label = Valore giusto, riga
compose-fix-row = riga
fix-moved = Il file è cambiato nel frattempo, forse in un'altra finestra: la correzione non è stata presa. Guarda di nuovo l'elenco.
fix-no-cell = Il file non ha questa cella: la correzione non è stata presa.
fix-too-long = Il valore è troppo lungo: si possono scrivere al massimo { $max } caratteri.
fix-too-many = Le celle corrette qui sono già { $max }: correggi le altre nel file e caricalo di nuovo.
event-list-cell-fixed = Cella del file corretta (riga, colonna)

# --- Il controllo ---

compose-problems-title = Che cosa non va
compose-problems-help = I problemi sono raggruppati per tipo. Puoi correggere qui una cella e l'elenco si ricontrolla; il file sul tuo computer resta com'è, ma le correzioni ci sono nell'elenco controllato che scarichi. Un nuovo file le sostituisce.
compose-kind-first = { $title }: i primi { $shown } di { $count }. Il file da scaricare li ha tutti.
compose-download-checked = Scarica l'elenco controllato
compose-past-due =
    { $count ->
        [one] Attenzione: una riga ha una scadenza già passata (riga { $lines }). Controlla la colonna: per attivare servirà la tua conferma.
       *[other] Attenzione: { $shown } righe hanno una scadenza già passata (le prime: { $lines }). Controlla la colonna: per attivare servirà la tua conferma.
    }
compose-already =
    { $rows ->
        [one] Attenzione: una persona ha già ricevuto, o può aver ricevuto, questo stesso messaggio negli ultimi { $days } giorni. Se attivi e invii, lo riceverà di nuovo.
       *[other] Attenzione: { $shown } righe sono di persone che hanno già ricevuto, o possono aver ricevuto, questo stesso messaggio negli ultimi { $days } giorni. Se attivi e invii, lo riceveranno di nuovo.
    }
export-checked-problem = problema
export-sheet-checked = Elenco controllato

balance-excluded = Righe lasciate fuori
balance-corrected = Celle corrette qui
balance-first-due = Prima scadenza
balance-last-due = Ultima scadenza
ready-past-due = Alcune scadenze sono già passate: la prima è il { $date }. Se è giusto così, confermalo e attiva; altrimenti correggi il file.
activate-past-due = È giusto che alcune scadenze siano già passate (la prima è il { $date })
activate-past-due-help = Per esempio un sollecito di pagamento. Se non è giusto, torna a comporre e correggi il file.
payment-expires = Dopo la scadenza non si può più pagare.
payment-payee = Ente creditore: { $code }

# --- Da riga di comando ---

cli-rows-excluded =
    { $count ->
        [one] riga esclusa da un secondo file
       *[other] righe escluse da un secondo file
    }
cli-rows-already =
    { $count ->
        [one] riga di una persona che ha già ricevuto lo stesso messaggio negli ultimi giorni
       *[other] righe di persone che hanno già ricevuto lo stesso messaggio negli ultimi giorni
    }
cli-rows-past-due =
    { $count ->
        [one] Attenzione: una riga ha una scadenza già passata.
       *[other] Attenzione: { $count } righe hanno una scadenza già passata.
    }
cli-due-first = Prima scadenza
cli-due-last = Ultima scadenza

# --- Tipi di problema: il titolo sopra le righe che hanno lo stesso (la fine è quella di problem-…) ---

kind-fiscal-code-empty = Codice fiscale mancante
kind-fiscal-code-length = Codice fiscale di lunghezza sbagliata
kind-fiscal-code-company = Codici di imprese ed enti
kind-fiscal-code-numeric = Codici provvisori o scritti male, di 11 cifre
kind-fiscal-code-layout = Codice fiscale con lettere e cifre fuori posto
kind-fiscal-code-date = Codice fiscale con una data di nascita impossibile
kind-fiscal-code-check-character = Codice fiscale che non torna
kind-expedition-date = Data di spedizione che non è una data
kind-expedition-elsewhere = Data di spedizione di un altro flusso
kind-due-date-empty = Scadenza mancante
kind-due-date-layout = Scadenza che non è una data
kind-due-date-two-digit-year = Scadenza con l'anno di due cifre
kind-due-date-impossible = Scadenza in un giorno che non esiste
kind-due-date-year = Scadenza con un anno improbabile
kind-payment-needs-amount = Importo mancante
kind-payment-needs-notice = Numero avviso mancante
kind-amount-not-a-number = Importo che non è un numero
kind-amount-not-cents = Importo che non è in centesimi
kind-amount-ambiguous = Importo che si legge in due modi
kind-amount-decimals = Importo con troppi decimali
kind-amount-zero = Importo uguale a zero
kind-amount-negative = Importo negativo
kind-amount-over-max = Importo troppo grande per IO
kind-amount-over-service = Importo oltre il limite del servizio
kind-notice-number-length = Numero avviso di lunghezza sbagliata
kind-notice-number-first-digit = Numero avviso con la prima cifra sbagliata
kind-notice-number-not-digits = Numero avviso con altro che cifre
kind-notice-number-altered = Numero avviso arrotondato da un foglio di calcolo
kind-yes-or-no = Né sì né no
kind-expiry-needs-due-date = Scadenza mancante, e dopo non si può pagare
kind-payee-layout = Ente creditore senza 11 cifre
kind-payee-check-digit = Ente creditore con una cifra sbagliata
kind-missing-value = Dato del messaggio mancante
kind-subject-short = Oggetto troppo corto
kind-subject-long = Oggetto troppo lungo
kind-subject-blank = Oggetto vuoto
kind-markdown-short = Contenuto troppo corto
kind-markdown-long = Contenuto troppo lungo
kind-markdown-blank = Contenuto vuoto
kind-markdown-rule = Contenuto che comincia con una riga di trattini
kind-button-target-in-row = Pulsante che non può portare dove dice la cella
kind-row-too-long = Riga troppo lunga
kind-fewer-cells = Riga con meno celle
kind-more-cells = Riga con più celle
kind-unreadable-row = Riga che non si riesce a leggere
kind-sheet-row-too-few-cells = Riga con meno celle
kind-sheet-row-too-many-cells = Riga con più celle
kind-sheet-row-too-long = Riga troppo lunga
kind-sheet-row-nul-byte = Riga con caratteri che non sono testo
kind-sheet-row-bad-encoding = Riga con caratteri che non si leggono
kind-sheet-row-quote-not-closed = Virgolette mai chiuse
kind-sheet-row-quote-misplaced = Virgolette fuori posto
kind-sheet-row-formula-error = Errore di una formula
kind-sheet-row-digits-lost = Codice arrotondato da un foglio di calcolo
kind-sheet-row-unreadable-cell = Cella che non si riesce a leggere
