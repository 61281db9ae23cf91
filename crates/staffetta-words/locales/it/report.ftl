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
