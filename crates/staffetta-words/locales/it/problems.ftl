# Che cosa non va in una lista, in un testo o in una riga (problem-…) e come rimediare (remedy-…).

# --- La lista ---

problem-empty-header = La prima riga del file non contiene i nomi delle colonne.
remedy-empty-header = Scrivi nella prima riga i nomi delle colonne, per esempio: codice_fiscale, nome, scadenza.
problem-no-fiscal-code-column = Manca la colonna del codice fiscale. Le colonne trovate sono: { $columns }.
remedy-no-fiscal-code-column = Indica tra le colonne del file quella che contiene il codice fiscale, oppure intitolala “Codice fiscale”. Se sopra i nomi delle colonne il foglio ha un titolo o altre righe, toglile: i nomi devono stare nella prima.
problem-duplicate-column = La colonna “{ $name }” c’è più di una volta.
remedy-duplicate-column = Cambia il nome di una delle due colonne, o togli quella che non serve.
problem-same-meaning = Le colonne “{ $first }” e “{ $second }” indicano lo stesso dato.
remedy-same-meaning = Lascia quel significato solo alla colonna giusta; l’altra può restare solo testo.
problem-too-many-columns = Le colonne sono { $found }: se ne possono avere al massimo { $max }.
remedy-too-many-columns = Togli dal file le colonne che non servono.

# --- Il messaggio e i suoi segnaposto ---

in-text = { $text ->
    [subject] Nell’oggetto
   *[other] Nel contenuto
}
problem-unknown-placeholder = Il segnaposto “{ $name }” non corrisponde a nessuna colonna. Le colonne sono: { $columns }.
remedy-unknown-placeholder = Scrivi nel segnaposto il nome di una colonna del file, o aggiungi la colonna al file.
problem-placeholder-unclosed = { in-text }, riga { $line }, carattere { $column }: un segnaposto si apre e non si chiude.
remedy-placeholder-unclosed = Chiudi il segnaposto con due parentesi graffe sulla stessa riga.
problem-placeholder-unopened = { in-text }, riga { $line }, carattere { $column }: un segnaposto si chiude senza essere stato aperto.
remedy-placeholder-unopened = Metti due parentesi graffe anche prima del nome della colonna, o togli quelle di troppo.
problem-placeholder-empty = { in-text }, riga { $line }, carattere { $column }: il segnaposto è vuoto.
remedy-placeholder-empty = Scrivi tra le parentesi graffe il nome di una colonna.
problem-placeholder-unknown-format = { in-text }, riga { $line }, carattere { $column }: nel segnaposto, “{ $name }” non è un formato. I formati sono: { $formats }.
remedy-placeholder-unknown-format = Scrivi dopo la barra uno dei formati; per scrivere il valore com’è nel file, togli la barra e ciò che la segue.
problem-placeholder-not-supported = { in-text }, riga { $line }, carattere { $column }: un segnaposto può contenere solo il nome di una colonna e, dopo una barra, un formato.
remedy-placeholder-not-supported = Togli formule, filtri e condizioni, e lascia solo il nome della colonna, con un formato se serve, tra due coppie di parentesi graffe.

problem-no-amount-column = Un avviso di pagamento richiede la colonna dell’importo, che non c’è.
remedy-no-amount-column = Indica tra le colonne del file quella dell’importo, aggiungi al file la colonna “Importo”, o scegli un’altra natura per il flusso.
problem-no-notice-number-column = Un avviso di pagamento richiede la colonna del numero avviso, che non c’è.
remedy-no-notice-number-column = Indica tra le colonne del file quella del numero avviso, aggiungi al file la colonna “Numero avviso”, o scegli un’altra natura per il flusso.
problem-no-due-date-column = Hai scelto che gli avvisi non si possano pagare dopo la scadenza, ma manca la colonna della scadenza.
remedy-no-due-date-column = Indica quale colonna contiene la scadenza, o togli quella scelta.
problem-no-expedition-column = Questo flusso ha solo le righe di una data di spedizione, ma nessuna colonna contiene la data di spedizione.
remedy-no-expedition-column = Indica quale colonna la contiene, oppure carica un file che ce l’ha. Per un altro elenco componi un flusso nuovo.

problem-subject-short = L’oggetto ha { $found } caratteri: ne servono almeno { $min }.
remedy-subject-short = Scrivi un oggetto un po’ più lungo.
problem-subject-long = L’oggetto ha { $found } caratteri: IO ne accetta al massimo { $max } (le emoji ne contano due o più).
remedy-subject-long = Accorcia l’oggetto, o i valori che vi entrano.
problem-subject-blank = L’oggetto è vuoto.
remedy-subject-blank = Scrivi l’oggetto del messaggio.
problem-markdown-short = Il contenuto ha { $found } caratteri: ne servono almeno { $min }.
remedy-markdown-short = Aggiungi al contenuto qualche informazione utile a chi lo riceve.
problem-markdown-long = Il contenuto ha { $found } caratteri: IO ne accetta al massimo { $max } (le emoji ne contano due o più).
remedy-markdown-long = Accorcia il contenuto, o i valori che vi entrano.
problem-markdown-blank = Il contenuto è vuoto.
remedy-markdown-blank = Scrivi il contenuto del messaggio.
problem-markdown-rule = Il testo comincia con “---”: l’app non lo mostrerebbe correttamente.
remedy-markdown-rule = Togli i trattini dalla prima riga. Per una linea di separazione, più sotto, usa ***.

# --- I pulsanti ---

which-button = Pulsante { $number }{ $language ->
    [english] {" in inglese"}
   *[italian] {""}
}
button-wants = { $kind ->
    [mail] un indirizzo e-mail, per esempio urp@comune.it
    [phone] un numero di telefono, per esempio 06 1234567
    [sms] un numero di cellulare, per esempio 339 1234567
    [io] una pagina di IO, per esempio services/service-detail
    [copy] il testo da copiare
   *[web] l’indirizzo di una pagina, per esempio https://www.comune.it/tari
}
problem-front-matter-unreadable = Le prime righe del contenuto, tra “---” e “---”, dovrebbero descrivere i pulsanti ma IO non le capirebbe: mostrerebbe il messaggio come rovinato.
remedy-front-matter-unreadable = Togli quelle righe e scrivi i pulsanti nei campi sotto il contenuto; da riga di comando, controlla gli esempi della documentazione.
problem-front-matter-no-italian = Le prime righe del contenuto descrivono dei pulsanti, ma nessuno in italiano: sul telefono non se ne vedrebbe nessuno.
remedy-front-matter-no-italian = Aggiungi i pulsanti in italiano, o toglili tutti.
problem-front-matter-unknown-action = Un pulsante descritto nelle prime righe del contenuto fa qualcosa che IO non sa fare: sul telefono non si vedrebbe.
remedy-front-matter-unknown-action = Togli quelle righe e scrivi i pulsanti nei campi sotto il contenuto.
problem-button-no-text = { which-button }: manca la scritta.
remedy-button-no-text = Scrivi che cosa si legge sul pulsante, per esempio Paga ora.
problem-button-no-target = { which-button }: non si sa dove porta.
remedy-button-no-target = Scrivi l’indirizzo, il numero o il testo, oppure togli il pulsante.
problem-button-target = { which-button }: quello che c’è scritto non va bene.
remedy-button-target = Serve { button-wants }.
problem-button-placeholder-place = { which-button }: un segnaposto non può stare in quel punto.
remedy-button-placeholder-place = { $kind ->
    [mail] Usa un segnaposto da solo, che contenga tutto l’indirizzo e-mail.
    [phone] Usa un segnaposto da solo, che contenga tutto il numero.
    [sms] Usa un segnaposto da solo, che contenga tutto il numero.
   *[web] Mettilo dopo il nome del sito, per esempio dopo https://www.comune.it/tari/, oppure da solo, se la colonna contiene tutto l’indirizzo.
}
problem-button-template = { which-button }: un segnaposto è scritto male.
remedy-button-template = Controlla le parentesi graffe: ce ne vogliono due prima e due dopo il nome della colonna.
problem-button-no-translation = { which-button }: manca la scritta, e l’altro pulsante ce l’ha.
remedy-button-no-translation = Scrivi in inglese tutti e due i pulsanti, o nessuno.

# --- La riga ---

problem-fiscal-code-empty = Il codice fiscale manca.
remedy-fiscal-code-empty = Scrivi il codice fiscale della persona; da un elenco puoi anche togliere la riga.
problem-fiscal-code-length = Il codice fiscale ha { $found } caratteri invece di 16.
remedy-fiscal-code-length = Confronta il codice con il documento della persona e correggilo.
problem-fiscal-code-company = È il codice di 11 cifre di un’impresa, un’associazione o un ente. Su IO si può scrivere solo a persone, con il codice di 16 caratteri.
remedy-fiscal-code-company = Scrivi a questo destinatario con un altro mezzo, per esempio la PEC, e togli la riga o lasciala da parte.
problem-fiscal-code-numeric = È un codice di 11 cifre che non è di un’impresa: è provvisorio, oppure è scritto male. Su IO si può scrivere solo a chi ha il codice di 16 caratteri.
remedy-fiscal-code-numeric = Se intanto la persona ha avuto il codice definitivo di 16 caratteri, usa quello; altrimenti scrivile con un altro mezzo.
problem-fiscal-code-layout = Nel codice fiscale lettere e cifre non sono al loro posto.
remedy-fiscal-code-layout = Controlla che non ci siano lettere al posto di cifre, come O per 0 o I per 1, e correggi.
problem-fiscal-code-date = Il codice fiscale contiene una data di nascita che non esiste.
remedy-fiscal-code-date = Confronta il codice con il documento della persona e correggilo.
problem-fiscal-code-check-character = L’ultima lettera del codice fiscale non corrisponde alle altre: un carattere è sbagliato.
remedy-fiscal-code-check-character = Confronta il codice con il documento della persona e correggilo.

problem-due-date-empty = La scadenza manca.
remedy-due-date-empty = Scrivi la scadenza come gg/mm/aaaa.
problem-due-date-layout = La scadenza non è una data.
remedy-due-date-layout = Scrivila come gg/mm/aaaa, per esempio 15/12/2026, o lascia vuota la cella.
problem-due-date-two-digit-year = L’anno della scadenza ha solo due cifre.
remedy-due-date-two-digit-year = Scrivi l’anno con quattro cifre, per esempio 15/12/2026.
problem-due-date-impossible = La scadenza è un giorno che non esiste.
remedy-due-date-impossible = Correggi il giorno o il mese: la data si scrive gg/mm/aaaa.
problem-due-date-year = L’anno della scadenza non è plausibile: deve essere tra il 2000 e il 2199.
remedy-due-date-year = Correggi l’anno.

problem-expedition-date = La data di spedizione non è una data.
remedy-expedition-date = Scrivila come gg/mm/aaaa, anche con l’ora (gg/mm/aaaa hh:mm), o lascia vuota la cella.
problem-expedition-elsewhere = La data di spedizione corretta qui non è quella di questo flusso.
remedy-expedition-elsewhere = Se la riga è di questo flusso, scrivi la sua data. Altrimenti correggila nel flusso di quella data, e qui prosegui senza.

problem-payment-needs-amount = Manca l’importo, che un avviso di pagamento richiede.
remedy-payment-needs-amount = Scrivi l’importo in euro, per esempio 19,99.
problem-payment-needs-notice = Manca il numero avviso, che un avviso di pagamento richiede.
remedy-payment-needs-notice = Scrivi il numero avviso pagoPA, di 18 cifre.
problem-amount-not-cents = L’importo doveva essere in centesimi, senza virgola.
remedy-amount-not-cents = Se gli importi del file sono in euro, indica per la colonna “importo in euro”; altrimenti scrivi i centesimi come numero intero, per esempio 123456 per 1.234,56 €.
problem-yes-or-no = Non si capisce se l’avviso si possa pagare dopo la scadenza: non c’è scritto né sì né no.
remedy-yes-or-no = Scrivi sì se dopo la scadenza non si può più pagare, altrimenti no.
problem-expiry-needs-due-date = L’avviso non si può pagare dopo la scadenza, ma la scadenza manca.
remedy-expiry-needs-due-date = Scrivi la scadenza, o scegli che l’avviso si possa pagare anche dopo.
problem-payee-layout = Il codice fiscale dell’ente creditore non ha 11 cifre.
remedy-payee-layout = Scrivi le 11 cifre del codice fiscale dell’ente che incassa, o lascia vuota la cella se è il vostro.
problem-payee-check-digit = Il codice fiscale dell’ente creditore non torna: una cifra è sbagliata.
remedy-payee-check-digit = Confrontalo con quello dell’ente che incassa e correggilo, o lascia vuota la cella se è il vostro.
problem-amount-not-a-number = L’importo non è un numero in euro.
remedy-amount-not-a-number = Scrivilo con la virgola per i centesimi, per esempio 1.234,56.
problem-amount-ambiguous = L’importo si può leggere in due modi: il segno prima delle ultime tre cifre separa le migliaia o i decimali?
remedy-amount-ambiguous = Scrivilo senza separatore delle migliaia o con i centesimi, per esempio 1234 oppure 1.234,00.
problem-amount-decimals = L’importo ha più di due decimali.
remedy-amount-decimals = Arrotondalo ai centesimi, per esempio 19,99.
problem-amount-zero = L’importo è zero: non c’è nulla da pagare.
remedy-amount-zero = Correggi l’importo; da un elenco puoi anche togliere la riga.
problem-amount-negative = L’importo è negativo.
remedy-amount-negative = Correggi l’importo; da un elenco puoi anche togliere la riga.
problem-amount-over-max = L’importo supera il massimo di IO, 99.999.999,99 €.
remedy-amount-over-max = Correggi l’importo.
problem-amount-over-service = L’importo supera il massimo che IO consente a questo servizio, { $max }.
remedy-amount-over-service = Correggi l’importo; se è giusto, fai alzare il limite nell’area riservata di IO e nelle impostazioni del servizio.
problem-notice-number-length = Il numero avviso ha { $found } cifre invece di 18.
remedy-notice-number-length = Copialo dall’avviso. Se comincia per zero, il foglio di calcolo può averlo tolto: formatta la colonna come testo.
problem-notice-number-first-digit = Il numero avviso deve cominciare con 0, 1, 2 o 3.
remedy-notice-number-first-digit = Copia il numero dall’avviso: non è il codice IUV.
problem-notice-number-not-digits = Il numero avviso contiene caratteri che non sono cifre.
remedy-notice-number-not-digits = Lascia solo le 18 cifre.
problem-notice-number-altered = Il foglio di calcolo ha trasformato il numero avviso in un numero arrotondato e le ultime cifre sono perse.
remedy-notice-number-altered = Riprendi i numeri dal programma che li ha prodotti e formatta la colonna come testo prima di incollarli.

problem-missing-value = Manca il valore per il segnaposto “{ $placeholder }”.
remedy-missing-value = Compila la cella, o togli il segnaposto dal testo.
problem-row-too-long = La riga è più lunga di { $max } KiB.
remedy-row-too-long = Accorcia i valori della riga. Se ci sono virgolette aperte e non chiuse, chiudile.
problem-fewer-cells = La riga ha meno celle delle colonne: { $found } invece di { $expected }.
remedy-fewer-cells = Completa la riga. Controlla che un valore che va a capo sia tra virgolette.
problem-more-cells = La riga ha più celle delle colonne: { $found } invece di { $expected }.
remedy-more-cells = Metti tra virgolette i valori che contengono il separatore, o salva di nuovo il file dal foglio di calcolo.
problem-unreadable-row = La riga non si può leggere: virgolette o caratteri sono rovinati.
remedy-unreadable-row = Correggi le virgolette della riga, o salva di nuovo il file come CSV UTF-8 o come XLSX.
problem-button-target-in-row = Il pulsante non può portare dove dice questa cella.
remedy-button-target-in-row = Serve { button-wants }.
