# Dopo l'invio di un flusso: file dei risultati, elenco non raggiunti, relazione, errata corrige.

after-title = Dopo l’invio
after-results = File dei risultati (Excel)
after-results-help = Le righe del file dell’ufficio, nello stesso ordine e con tutte le colonne, con l’esito di ciascuna.
after-as-csv = in CSV
after-unreached-list = Elenco non raggiunti (Excel)
after-unreached =
    { $count ->
        [one] Una persona a cui il messaggio non è arrivato, con il motivo e tutte le colonne dell’ufficio: pronta per la lettera o la PEC.
       *[other] Le { $written } persone a cui il messaggio non è arrivato, con il motivo e tutte le colonne dell’ufficio: pronte per la lettera o la PEC. Ci sono anche le righe scartate prima dell’invio.
    }
after-unreached-doubts =
    { $count ->
        [one] Una notifica con esito incerto non è nell’elenco: il messaggio potrebbe essere arrivato.
       *[other] Le { $written } notifiche con esito incerto non sono nell’elenco: il messaggio potrebbe essere arrivato.
    }
after-report-help = Una pagina da stampare e conservare: che cosa è stato inviato, da chi, quando, e com’è andata.
