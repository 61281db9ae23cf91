# Chi di un elenco ha già ricevuto lo stesso messaggio.

already-title = Chi ha già ricevuto il messaggio del flusso
already-place = Già ricevuto
already-see = Vedi chi sono
already-none = Nessuna persona dell’elenco risulta aver già ricevuto questo messaggio.
already-when = Inviato il
already-with = Con
already-state = Già ricevuto
already-state-uncertain = Esito incerto: può averlo ricevuto
already-uncertain = esito incerto
already-leave-out = Lascia fuori queste righe
already-leave-out-help = Chi ha un esito incerto resta nell’elenco: può non aver ricevuto niente, e decidi tu se correggere il file. Si lasciano fuori solo queste righe: se una persona ne ha un’altra con dati diversi, come una seconda rata, quella resta. Puoi rimetterle quando vuoi, finché il flusso è Inattivo.
already-back = Torna al flusso che componi
already-file-name = righe già ricevute
already-left-out =
    { $count ->
        [one] Un messaggio è lasciato fuori, perché il destinatario lo ha già ricevuto.
       *[other] { $shown } messaggi sono lasciati fuori, perché i destinatari li hanno già ricevuti.
    }
already-left-out-none = Nessuna riga è stata lasciata fuori: di chi è nell’elenco non si sa se ha ricevuto il messaggio, oppure il testo o il file sono cambiati. Guarda di nuovo chi sono; per lasciare fuori qualcuno con esito incerto correggi il file.
already-put-back = Rimetti nell’elenco
row-already-sent = La persona ha già ricevuto questo messaggio: è stata lasciata fuori.
