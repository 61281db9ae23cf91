# Lettura e scrittura dei fogli.

## Che cosa è stato trovato

sheet-kind-text = File { $separator ->
        [tab] di testo
       *[other] CSV
    } con le colonne separate da { $separator ->
        [semicolon] punto e virgola
        [comma] virgola
        [tab] tabulazioni
       *[pipe] barra verticale
    } (caratteri { $encoding ->
        [windows] Windows, come li salva Excel
        [utf16] UTF-16, come nel «Testo Unicode» di Excel
       *[utf8] UTF-8
    }).
sheet-kind-codes = Elenco di soli codici fiscali, senza la riga con i nomi delle colonne (caratteri { $encoding ->
        [windows] Windows
        [utf16] UTF-16
       *[utf8] UTF-8
    }).
sheet-kind-xlsx = File Excel, foglio «{ $sheet }».
sheet-kind-xlsx-of-many = File Excel con { $sheets } fogli: viene letto solo «{ $sheet }».
sheet-kind-ods = File di LibreOffice (.ods), foglio «{ $sheet }».
sheet-kind-ods-of-many = File di LibreOffice (.ods) con { $sheets } fogli: viene letto solo «{ $sheet }».

## Il file non si può leggere

sheet-unreadable = Il file non si riesce ad aprire.
remedy-sheet-unreadable = Controlla che il file esista ancora e che non sia aperto in un altro programma, poi riprova.
sheet-empty = Il file è vuoto.
sheet-no-rows = Il file contiene solo la riga di intestazione: sotto non c'è nessun destinatario.
sheet-no-worksheet = Nel file non c'è nessun foglio di celle.
sheet-no-such-sheet = Nel file non c'è il foglio che era stato scelto.
remedy-sheet-no-such-sheet = Scegli un altro foglio, oppure carica il file che lo contiene.
remedy-sheet-fill = Controlla di aver scelto il file giusto: serve una riga con i nomi delle colonne e, sotto, una riga per ogni destinatario.
sheet-no-header = La prima riga contiene già dei dati: mancano i nomi delle colonne.
remedy-sheet-no-header = Aggiungi in cima al foglio una riga con i nomi delle colonne, per esempio «codice_fiscale», e carica di nuovo il file.
sheet-bad-header = La riga con i nomi delle colonne (riga { $line }) non si riesce a leggere.
sheet-too-many-columns = Il foglio ha più di { $limit } colonne.
remedy-sheet-too-many-columns = Togli dal foglio le colonne che non servono alla comunicazione e carica di nuovo il file.
sheet-binary = Il file non contiene testo: non è un elenco CSV né un file Excel o LibreOffice.
sheet-is-pdf = Il file è un PDF, non un elenco.
sheet-is-html = Il file è una pagina web, anche se il nome può far pensare a Excel.
sheet-is-image = Il file è un'immagine, non un elenco.
sheet-is-word = Il file è un documento di testo, non un elenco.
sheet-is-xlsb = Il file è una cartella di lavoro binaria di Excel (.xlsb), che non viene letta.
sheet-is-archive = Il file è un archivio compresso, non un elenco.
sheet-is-old-office = Il file è in un vecchio formato di Office (.xls o .doc), che non viene letto.
remedy-sheet-save-as = Apri il file con Excel o LibreOffice, scegli «Salva con nome» e il formato «Cartella di lavoro di Excel (.xlsx)» oppure «CSV», e carica il nuovo file.
sheet-password = Il file è protetto da una password.
remedy-sheet-password = Apri il file, togli la password (in Excel: File, Informazioni, Proteggi cartella di lavoro; in LibreOffice: «Salva con nome» senza «Salva con password»), salvalo e caricalo di nuovo.
sheet-too-large = Il file è troppo grande: il massimo è { $limit } MB.
remedy-sheet-split = Dividi l'elenco in più file e fanne un flusso per ciascuno.
sheet-expands-too-much = Il file, una volta aperto, è troppo grande o non è stato fatto da un foglio elettronico: il massimo è { $expanded } MB per il foglio e { $resident } MB per i testi e le immagini.
remedy-sheet-expands-too-much = Apri il file con Excel o LibreOffice, salva il solo foglio dell'elenco come «CSV UTF-8» e carica quello.
sheet-damaged = Il file è danneggiato.
remedy-sheet-damaged = Prova ad aprirlo con Excel o LibreOffice e a salvarlo con un altro nome; se non si apre, chiedi di nuovo il file a chi lo ha preparato.

## Righe sbagliate

sheet-row-too-few-cells = La riga ha { $found } celle, ma le colonne sono { $expected }.
remedy-sheet-row-too-few-cells = Controlla che la riga non sia stata spezzata in due da un «a capo» e che nessuna cella manchi.
sheet-row-too-many-cells = La riga ha valori fino alla colonna { $found }, ma le colonne con un nome sono { $expected }.
remedy-sheet-row-too-many-cells = Controlla che nessun valore contenga il separatore delle colonne senza virgolette, oppure dai un nome alla colonna in più.
sheet-row-too-long = La riga supera i { $limit } KB.
remedy-sheet-row-too-long = Accorcia i testi della riga: per un destinatario bastano poche parole per cella.
sheet-row-nul-byte = La riga contiene caratteri nulli, che non sono testo.
sheet-row-bad-encoding = La riga contiene caratteri illeggibili.
remedy-sheet-row-characters = Riscrivi la riga a mano, oppure esporta di nuovo l'elenco dal programma da cui viene.
sheet-row-quote-not-closed = In questa riga si aprono delle virgolette che non vengono chiuse.
sheet-row-quote-misplaced = In questa riga c'è del testo dopo le virgolette di chiusura di una cella.
remedy-sheet-row-quotes = Togli le virgolette, oppure raddoppiale ("") dove fanno parte del testo.
sheet-row-formula-error = La cella contiene l'errore { $value } al posto di un valore.
remedy-sheet-row-formula-error = Correggi la formula nel foglio, oppure scrivi il valore a mano.
sheet-row-digits-lost = Nella colonna { $column } il foglio ha trasformato un codice lungo in un numero: le ultime cifre sono perdute.
remedy-sheet-row-digits-lost = Imposta la colonna come «Testo» e copia di nuovo i codici dal programma da cui vengono: le cifre perdute non si possono ricostruire dal foglio. Se usi un CSV, non aprirlo e salvarlo con Excel prima di caricarlo.
sheet-row-unreadable-cell = Una cella della riga non si riesce a leggere.
remedy-sheet-row-unreadable-cell = Apri il foglio con Excel, controlla questa riga e quella vicina, salva e carica di nuovo il file.

## Il file non si può scrivere

sheet-write-disk-full = Il disco è pieno: il file non è stato scritto.
remedy-sheet-write-disk-full = Libera spazio sul disco, o scegli un'altra cartella, e riprova. Non è rimasto nessun file a metà.
sheet-write-unwritable = Nella cartella scelta non si può scrivere.
remedy-sheet-write-unwritable = Controlla che la cartella esista, che si abbia il permesso di scriverci e che il file non sia aperto in Excel.
sheet-write-internal = Il file Excel non si è potuto comporre.
remedy-sheet-write-internal = Riprova; se succede ancora, segnalalo a chi assiste il programma.

## Intestazioni dei file prodotti

export-sheet-archive = Notifiche
export-date = Data
export-fiscal-code = Codice fiscale
export-subject = Oggetto
export-service = Servizio
export-flow = Flusso
export-state = Stato
export-reason = Motivo
export-email-status = Stato Mail
export-io-message-id = Id IO
export-notice-number = Numero avviso
export-amount = Importo
export-reference = Riferimento
export-test = Prova interna
export-sheet-results = Risultati
export-handled = Inviata il
export-accepted = Accettata da IO il
export-settled = Esito finale del
export-notification = Numero notifica
export-notification-short = Numero
# One of our columns whose title the office's file has.
export-our-column = { $column } (Staffetta)
export-left-out = Riga scartata: non inviata
export-left-out-line = Riga { $line }
export-sheet-wrong-rows = Righe scartate
export-wrong-line = Riga
export-wrong-column = Colonna
export-wrong-value = Valore
export-wrong-reason = Motivo
export-wrong-remedy = Rimedio
