# Relazione d'invio: una pagina da stampare.

report-title = Relazione d’invio
report-open-page = Relazione d’invio
report-as-of = situazione al
report-print = Stampa
report-under-way = ancora in corso
report-not-yet = La relazione c’è da quando l’invio comincia. Qui sotto vedi com’è adesso.
report-outcome = Com’è andata
report-share = Quota
report-all = In tutto
report-available =
    { $count ->
        [one] Un messaggio è disponibile su IO ({ $share }).
       *[other] { $shown } messaggi sono disponibili su IO ({ $share }).
    }
report-accepted =
    { $count ->
        [one] Un messaggio è stato accettato da IO, che non ne ha comunicato l’esito finale ({ $share }).
       *[other] { $shown } messaggi sono stati accettati da IO, che non ne ha comunicato l’esito finale ({ $share }).
    }
report-unreachable =
    { $count ->
        [one] Una persona non è raggiungibile su IO ({ $share }): per lei serve un altro mezzo, come una lettera o la PEC.
       *[other] { $shown } persone non sono raggiungibili su IO ({ $share }): per loro serve un altro mezzo, come una lettera o la PEC.
    }
report-to-examine =
    { $count ->
        [one] Una notifica è da esaminare ({ $share }).
       *[other] { $shown } notifiche sono da esaminare ({ $share }).
    }
report-cancelled =
    { $count ->
        [one] Una notifica non è stata inviata perché l’invio è stato interrotto ({ $share }).
       *[other] { $shown } notifiche non sono state inviate perché l’invio è stato interrotto ({ $share }).
    }
report-open =
    { $count ->
        [one] Una notifica è ancora da inviare ({ $share }).
       *[other] { $shown } notifiche sono ancora da inviare ({ $share }).
    }
report-letters =
    { $count ->
        [one] Una lettera risparmiata: { $sum }.
       *[other] { $shown } lettere risparmiate, a { $cost } l’una: { $sum }.
    }
report-letters-which = Si contano solo i messaggi disponibili su IO.
report-decisions = Decisioni sulle notifiche
report-on-day = il { $day }
report-on-days = dal { $first } al { $last }
report-uncertain-resent =
    { $count ->
        [one] Di una notifica con esito incerto è stato deciso il reinvio
       *[other] Di { $shown } notifiche con esito incerto è stato deciso il reinvio
    }: { $who }, { $when }.
report-uncertain-considered-sent =
    { $count ->
        [one] Una notifica con esito incerto è stata considerata inviata
       *[other] { $shown } notifiche con esito incerto sono state considerate inviate
    }: { $who }, { $when }.
report-row-corrected =
    { $count ->
        [one] Di una notifica sono stati corretti i dati, e il messaggio è stato reinviato
       *[other] Di { $shown } notifiche sono stati corretti i dati, e i messaggi sono stati reinviati
    }: { $who }, { $when }.
report-row-resent =
    { $count ->
        [one] Una notifica non riuscita è stata reinviata con gli stessi dati
       *[other] { $shown } notifiche non riuscite sono state reinviate con gli stessi dati
    }: { $who }, { $when }.
