# Chi di un elenco ha già ricevuto lo stesso messaggio.

already-title = Chi ha già ricevuto il messaggio del flusso
already-place = Già ricevuto
already-see = Vedi chi sono
already-none = Nessuna persona dell’elenco risulta aver già ricevuto questo messaggio.
already-when = Inviato il
already-with = Con
already-state = Già ricevuto
already-leave-out = Lasciali fuori
already-leave-out-help = Si lasciano fuori solo queste righe: se una persona ne ha un’altra con dati diversi, come una seconda rata, quella resta. Puoi rimetterle quando vuoi, finché il flusso è Inattivo.
already-back = Torna al flusso che componi
already-file-name = righe già ricevute
already-left-out =
    { $count ->
        [one] Una riga è lasciata fuori, perché la sua persona ha già ricevuto questo messaggio.
       *[other] { $shown } righe sono lasciate fuori, perché le loro persone hanno già ricevuto questo messaggio.
    }
already-put-back = Rimettile nell’elenco
row-already-sent = La persona ha già ricevuto questo messaggio: è stata lasciata fuori.
