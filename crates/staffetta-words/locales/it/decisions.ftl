# Decidere sugli esiti incerti: di una notifica, o di tutte quelle di un flusso.

decide-many =
    { $count ->
        [one] Di una notifica non si sa l’esito: può essere arrivata oppure no. Decidi tu che cosa farne.
       *[other] Di { $shown } notifiche non si sa l’esito: possono essere arrivate oppure no. Decidi tu che cosa farne.
    }
decide-see-them = Vedi quali sono, e perché
decide-resend = Reinvia
decide-consider-sent = Considera inviata
decide-resend-all = Reinvia le incerte
decide-consider-sent-all = Considera inviate le incerte

decide-resend-title = Reinvia la notifica
decide-resend-warning = Attenzione: se il messaggio era arrivato, il cittadino lo riceverà due volte, e non si potrà richiamare.
decide-resend-then = La notifica torna Da inviare e parte appena possibile, come un nuovo tentativo.
decide-sent-title = Considera inviata la notifica
decide-sent-warning = Attenzione: se il messaggio non era arrivato, il cittadino non lo riceverà.
decide-sent-then = La notifica risulterà Accettata da IO per decisione tua. Se è stata davvero recapitata non si potrà sapere: IO non ne ha comunicato l’identificativo.

decide-resend-flow-title = Reinvia le notifiche incerte del flusso
decide-resend-flow-warning = Attenzione: chi aveva già ricevuto il messaggio lo riceverà due volte, e non si potrà richiamare.
decide-resend-flow-then = Le notifiche tornano Da inviare e il flusso torna In invio. Se conosci l’esito di qualcuna, decidi prima su quella, dalla sua pagina.
decide-sent-flow-title = Considera inviate le notifiche incerte del flusso
decide-sent-flow-warning = Attenzione: chi non aveva ricevuto il messaggio non lo riceverà.
decide-sent-flow-then = Le notifiche risulteranno Accettate da IO per decisione tua. Se sono state davvero recapitate non si potrà sapere: IO non ne ha comunicato l’identificativo.

decide-why = Perché
decide-why-help = Resta nella storia, con il tuo nome. Non scriverci nomi o codici fiscali.
decide-why-missing = Scrivi perché: chi guarderà la storia della notifica deve poterlo capire.
decide-why-long = Il motivo ha { $found } caratteri: al massimo { $max }.
decide-type-count = Per confermare, scrivi il numero delle notifiche con esito incerto
decide-wrong-count = Il numero non è giusto e non è stato deciso niente. Le notifiche con esito incerto adesso sono { $count }.
decide-back-notification = Torna alla notifica

decide-too-late = Non c'è più niente da decidere: qualcun altro ha già deciso, oppure nel frattempo è arrivata la risposta di IO. Qui sotto vedi com’è adesso.
decide-on-the-wire = L’invio del flusso è stato interrotto, e qualche messaggio è ancora in trasmissione: niente è stato reinviato. Aspetta qualche secondo e riprova.
decide-too-late-flow = Non ci sono più esiti incerti da decidere: qualcun altro ha già deciso, oppure nel frattempo sono arrivate le risposte di IO. Qui sotto vedi com’è adesso.

flow-done-resent =
    { $count ->
        [one] Deciso: una notifica viene inviata di nuovo.
       *[other] Deciso: { $shown } notifiche vengono inviate di nuovo.
    }
flow-done-considered-sent =
    { $count ->
        [one] Deciso: una notifica è considerata inviata.
       *[other] Deciso: { $shown } notifiche sono considerate inviate.
    }
notification-done-resent = Deciso: la notifica viene inviata di nuovo.
notification-done-considered-sent = Deciso: la notifica è considerata inviata.

event-taken-twice = IO ha preso in carico questo messaggio una seconda volta: dopo la perdita di dati del database un altro nodo lo aveva già inviato, e il cittadino può averlo ricevuto due volte. Identificativo dell’altro messaggio:
event-uncertain-resent = Esito incerto: deciso di reinviare
event-uncertain-considered-sent = Esito incerto: deciso di considerare inviato
event-decided-why = perché: { $why }
event-decided-many =
    { $count ->
        [one] una notifica
       *[other] { $count } notifiche
    }, perché: { $why }

# --- Verifica stato ---

flow-verify = Verifica stato
flow-done-verified =
    { $count ->
        [one] A IO si chiede adesso l’esito di una notifica
       *[other] A IO si chiede adesso l’esito di { $shown } notifiche
    }, entro il limite di chiamate dell’ente: i numeri qui sotto si aggiornano da soli.
flow-nothing-to-verify = Non c'è niente da chiedere: gli esiti che IO può comunicare sono già definitivi, o si stanno già chiedendo.
notification-done-verified = A IO si chiede adesso l’esito: qui sotto si aggiorna da solo.
notification-nothing-to-verify = Non c'è niente da chiedere: l’esito è già definitivo, o IO non può comunicarlo.
