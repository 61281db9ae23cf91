# Archivio notifiche: la ricerca, la pagina di una notifica, la notifica puntuale.

archive-title = Archivio notifiche
archive-new = Nuovo
archive-search = Cerca tra le notifiche
archive-list = Elenca
archive-clear = Togli i filtri
archive-date = Data
archive-fiscal-code = Codice fiscale
archive-subject = Oggetto
archive-service = Servizio
archive-flow = Flusso
archive-state = Stato
archive-reason = Motivo
archive-email = Stato Mail
archive-from = Dal
archive-to = Al
archive-io-id = Identificativo IO
archive-notice-number = Numero avviso
archive-reference = Riferimento
archive-export = Esporta Excel
archive-table = Notifiche
archive-caption = Notifiche trovate, dalla più recente. Un doppio clic o Invio su una riga apre la notifica.
archive-hint = Scrivi che cosa cerchi e premi Elenca. Senza filtri, Elenca mostra le notifiche più recenti.
archive-faults = Correggi i campi segnati e premi di nuovo Elenca.
archive-none = Nessuna notifica con questi filtri. Cambiane qualcuno e premi Elenca.
archive-bad-flow = Il numero del flusso ha solo cifre.
archive-bad-date = La data si scrive gg/mm/aaaa.

email-sent = Inviata (SENT)
email-throttled = In ritardo, IO riprova (THROTTLED)
email-expired = Tempo scaduto (EXPIRED)
email-failed = Non riuscita (FAILED)
email-not-told = non comunicato da IO
email-other = { $word }
email-none = –

notification-title = Notifica
notification-outcome = Esito
notification-state = Stato
notification-email = Stato Mail
notification-io-id = Identificativo IO
notification-attempt = Tentativo
notification-due = Scadenza
notification-amount = Importo
notification-checked = Esito chiesto a IO
notification-checks =
    { $count ->
        [one] Una volta.
       *[other] { $count } volte.
    }
notification-next-check = La prossima richiesta è del { $at }.
notification-retry-at = Il prossimo tentativo è del { $at }.
notification-awaits-outcome = IO ha preso il messaggio e non ne ha ancora comunicato l’esito finale: qui si aggiorna da solo.
notification-io-said = Che cosa ha detto IO: { $said }
notification-same = È, carattere per carattere, ciò che è stato mandato a IO.
notification-not-same = Attenzione: ciò che è stato mandato a IO non è uguale a quello che vedi qui. Avvisa chi gestisce Staffetta.
notification-no-message = Il testo e i dati di questa riga non formano un messaggio che si possa inviare. Controlla il testo del flusso e la riga del file.
notification-written = Notifica aggiunta
notification-accepted = Accettata da IO
notification-became = { $state }

single-title = Nuova notifica
single-subject = Oggetto
single-markdown = Contenuto
single-due = Scadenza
single-due-help = Facoltativa. IO la mostra come data di scadenza, fino alle 23:59:59.
single-amount = Importo in euro
single-amount-help = Per esempio 19,99. Vuole anche il numero avviso.
single-notice = Numero avviso
single-notice-help = Le 18 cifre dell’avviso pagoPA. Vuole anche l’importo.
single-reference = Riferimento
single-reference-help = Facoltativo: un nome tuo con cui ritrovarla, diverso per ogni notifica.
single-reference-taken = Questo riferimento è già di un’altra notifica, con altro contenuto. Usane un altro.
single-from = Da
single-to = a
single-characters = caratteri.
single-markdown-max = 10.000
single-markdown-help = Si può scrivere in Markdown: **grassetto**, elenchi, collegamenti.
single-short = Caratteri scritti: { "{found}" }. Ancora da scrivere: { "{left}" }.
single-right = Caratteri scritti: { "{found}" }. Disponibili: { "{left}" }.
single-long = Caratteri scritti: { "{found}" }. Di troppo: { "{left}" }.
single-irrevocable = Il messaggio parte subito e non si può richiamare.
single-add = Aggiungi
single-preview = Anteprima
single-cancel = Lascia stare
single-kept = Ritrovi qui quello che stavi scrivendo il { $at }: non è stato inviato niente. Controllalo, poi premi Aggiungi.
single-corrects = Questa notifica prende il posto della { $id }, che non è andata a buon fine: correggi quello che serve, poi premi Aggiungi. Non è ancora stato inviato niente.
single-start-over = Comincia da capo
single-session-over = La tua sessione è finita, e non è stato inviato niente. Accedi di nuovo: ritrovi quello che hai scritto.
single-session-over-here = La tua sessione è finita. Accedi di nuovo da qui: ritrovi quello che hai scritto, e non parte niente.
single-faults = Non è stato inviato niente. Correggi i campi segnati e premi di nuovo Aggiungi.
single-another = Scrivine un’altra
single-added = La notifica è stata aggiunta e parte subito. Qui sotto ne vedi l’esito.
single-repaired = Il codice fiscale è stato corretto togliendo spazi o mettendo le maiuscole: controlla che sia quello giusto.
