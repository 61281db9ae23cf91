# Lettura e scrittura dei fogli.

## Che cosa è stato trovato

sheet-kind-semicolon-utf8 = File CSV con le colonne separate da punto e virgola (caratteri UTF-8).
sheet-kind-semicolon-windows = File CSV con le colonne separate da punto e virgola (caratteri Windows, come li salva Excel).
sheet-kind-comma-utf8 = File CSV con le colonne separate da virgola (caratteri UTF-8).
sheet-kind-comma-windows = File CSV con le colonne separate da virgola (caratteri Windows, come li salva Excel).
sheet-kind-tab-utf8 = File di testo con le colonne separate da tabulazioni (caratteri UTF-8).
sheet-kind-tab-windows = File di testo con le colonne separate da tabulazioni (caratteri Windows, come li salva Excel).
sheet-kind-xlsx = File Excel, foglio «{ $sheet }».
sheet-kind-xlsx-of-many = File Excel con { $sheets } fogli: viene letto solo il primo, «{ $sheet }».

## Il file non si può leggere

sheet-unreadable = Il file non si riesce ad aprire.
remedy-sheet-unreadable = Controlli che il file esista ancora e che non sia aperto in un altro programma, poi riprovi.
sheet-empty = Il file è vuoto.
sheet-no-rows = Il file contiene solo la riga di intestazione: sotto non c'è nessun destinatario.
sheet-no-worksheet = Nel file Excel non c'è nessun foglio di celle.
remedy-sheet-fill = Controlli di aver scelto il file giusto: serve una riga con i nomi delle colonne e, sotto, una riga per ogni destinatario.
sheet-no-header = La prima riga contiene già dei dati: mancano i nomi delle colonne.
remedy-sheet-no-header = Aggiunga in cima al foglio una riga con i nomi delle colonne, per esempio «codice_fiscale», e carichi di nuovo il file.
sheet-bad-header = La riga con i nomi delle colonne (riga { $line }) non si riesce a leggere.
sheet-too-many-columns = Il foglio ha più di { $limit } colonne.
remedy-sheet-too-many-columns = Tolga dal foglio le colonne che non servono alla comunicazione e carichi di nuovo il file.
sheet-binary = Il file non contiene testo: non è un elenco CSV né un file Excel.
sheet-is-pdf = Il file è un PDF, non un elenco.
sheet-is-html = Il file è una pagina web, anche se il nome può far pensare a Excel.
sheet-is-image = Il file è un'immagine, non un elenco.
sheet-is-word = Il file è un documento di testo, non un elenco.
sheet-is-xlsb = Il file è una cartella di lavoro binaria di Excel (.xlsb), che non viene letta.
sheet-is-ods = Il file è un foglio OpenDocument (.ods), che non viene ancora letto.
sheet-is-archive = Il file è un archivio compresso, non un elenco.
sheet-is-old-office = Il file è in un vecchio formato di Office (.xls o .doc), che non viene letto.
remedy-sheet-save-as = Apra il file con Excel o LibreOffice, scelga «Salva con nome» e il formato «Cartella di lavoro di Excel (.xlsx)» oppure «CSV», e carichi il nuovo file.
sheet-utf16 = Il file è un «Testo Unicode» (UTF-16), che non viene letto.
remedy-sheet-utf16 = Apra il file con Excel, scelga «Salva con nome» e il formato «CSV UTF-8», e carichi il nuovo file.
sheet-password = Il file Excel è protetto da una password.
remedy-sheet-password = Apra il file con Excel, tolga la password (File, Informazioni, Proteggi cartella di lavoro), lo salvi e lo carichi di nuovo.
sheet-too-large = Il file è troppo grande: il massimo è { $limit } MB.
remedy-sheet-split = Divida l'elenco in più file e ne faccia un flusso per ciascuno.
sheet-expands-too-much = Il file Excel, una volta aperto, è troppo grande o non è stato fatto da un foglio elettronico: il massimo è { $expanded } MB per il foglio e { $resident } MB per i testi e le immagini.
remedy-sheet-expands-too-much = Apra il file con Excel o LibreOffice, salvi il solo foglio dell'elenco come «CSV UTF-8» e carichi quello.
sheet-damaged = Il file Excel è danneggiato.
remedy-sheet-damaged = Provi ad aprirlo con Excel e a salvarlo con un altro nome; se non si apre, chieda di nuovo il file a chi lo ha preparato.

## Righe sbagliate

sheet-row-too-few-cells = La riga ha { $found } celle, ma le colonne sono { $expected }.
remedy-sheet-row-too-few-cells = Controlli che la riga non sia stata spezzata in due da un «a capo» e che nessuna cella manchi.
sheet-row-too-many-cells = La riga ha valori fino alla colonna { $found }, ma le colonne con un nome sono { $expected }.
remedy-sheet-row-too-many-cells = Controlli che nessun valore contenga il separatore delle colonne senza virgolette, oppure dia un nome alla colonna in più.
sheet-row-too-long = La riga supera i { $limit } KB.
remedy-sheet-row-too-long = Accorci i testi della riga: per un destinatario bastano poche parole per cella.
sheet-row-nul-byte = La riga contiene caratteri nulli, che non sono testo.
sheet-row-bad-encoding = La riga contiene caratteri illeggibili.
remedy-sheet-row-characters = Riscriva la riga a mano, oppure esporti di nuovo l'elenco dal programma da cui viene.
sheet-row-quote-not-closed = In questa riga si aprono delle virgolette che non vengono chiuse.
sheet-row-quote-misplaced = In questa riga c'è del testo dopo le virgolette di chiusura di una cella.
remedy-sheet-row-quotes = Tolga le virgolette, oppure le raddoppi ("") dove fanno parte del testo.
sheet-row-formula-error = La cella contiene l'errore { $value } al posto di un valore.
remedy-sheet-row-formula-error = Corregga la formula nel foglio, oppure scriva il valore a mano.
sheet-row-unreadable-cell = Una cella della riga non si riesce a leggere.
remedy-sheet-row-unreadable-cell = Apra il foglio con Excel, controlli questa riga e quella vicina, salvi e carichi di nuovo il file.

## Il file non si può scrivere

sheet-write-disk-full = Il disco è pieno: il file non è stato scritto.
remedy-sheet-write-disk-full = Liberi spazio sul disco, o scelga un'altra cartella, e riprovi. Non è rimasto nessun file a metà.
sheet-write-unwritable = Nella cartella scelta non si può scrivere.
remedy-sheet-write-unwritable = Controlli che la cartella esista, che si abbia il permesso di scriverci e che il file non sia aperto in Excel.
sheet-write-internal = Il file Excel non si è potuto comporre.
remedy-sheet-write-internal = Riprovi; se succede ancora, lo segnali a chi assiste il programma.

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
export-sheet-wrong-rows = Righe scartate
export-wrong-line = Riga
export-wrong-column = Colonna
export-wrong-value = Valore
export-wrong-reason = Motivo
export-wrong-remedy = Rimedio
