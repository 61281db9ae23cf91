# La pagina di un flusso, il suo invio, ciò che gli è accaduto.

flow-title = Flusso
flow-state-label = Stato:
flow-live = Stato e numeri del flusso
flow-progress = { $done } di { $total } ({ $percent }%)
flow-progress-label = Avanzamento dell’invio
flow-unreachable = non raggiungibili
flow-to-examine = da esaminare
flow-tally = Notifiche per esito
flow-all = Tutte
flow-awaits-outcomes = Di { $count } notifiche IO non ha ancora comunicato l’esito finale: i numeri qui sotto si aggiornano da soli.
flow-asleep = Il motore d’invio non è al lavoro: l’invio aspetta. Avvisa chi gestisce Staffetta.
flow-service-disabled = Il servizio è disabilitato: l’invio aspetta. Chi amministra Staffetta può abilitarlo in Gestione servizi.
flow-paused-note = L’invio è in pausa. Premi Riprendi per farlo proseguire.
flow-minutes-left =
    { $minutes ->
        [0] Al ritmo attuale manca meno di un minuto.
        [one] Al ritmo attuale manca circa un minuto.
       *[other] Al ritmo attuale mancano circa { $minutes } minuti.
    }

flow-recipients = Destinatari
flow-reference = Riferimento
flow-created = Creato
flow-activated = Attivato
flow-started = Invio avviato
flow-ended = Invio terminato
flow-edit = Modifica natura e descrizione
flow-save = Salva
flow-bad-description = La descrizione non può essere vuota né più lunga di { $max } caratteri.
flow-not-described = Natura e descrizione non sono state cambiate: dopo l’attivazione la natura non può aggiungere o togliere il pagamento. Scegline un’altra.

flow-notifications = Notifiche
flow-caption = Notifiche del flusso. Un doppio clic o Invio su una riga apre la notifica.
flow-no-rows = Nessuna notifica con questo esito.
flow-no-rows-yet = Il flusso non ha ancora destinatari.
flow-refresh-rows = Aggiorna l’elenco delle notifiche

flow-send = Invia
flow-deactivate = Riporta a Inattivo
flow-pause = Pausa
flow-resume = Riprendi
flow-interrupt = Interrompi l’invio
flow-compose = Continua a comporre
flow-delete = Elimina il flusso
flow-back = Torna al flusso

flow-not-paused = Il flusso non è stato messo in pausa: non è in invio, oppure è già in pausa. Qui sotto vedi com’è adesso.
flow-not-resumed = Il flusso non si può riprendere: non è in invio, oppure non è in pausa. Qui sotto vedi com’è adesso.
flow-not-interrupted = L’invio non si può interrompere: il flusso non è in invio. Qui sotto vedi com’è adesso.
flow-not-deactivated = Il flusso non è tornato Inattivo: si può fare solo finché è Attivo. Qui sotto vedi com’è adesso.
flow-not-deleted = Il flusso non si può eliminare: si può fare solo finché è Inattivo e nessun messaggio è partito. Qui sotto vedi com’è adesso.
flow-not-sent = Il flusso non si può inviare: si invia solo un flusso Attivo. Qui sotto vedi com’è adesso.

time-needed = Tempo per inviare
time-needed-short = meno di un minuto
time-needed-minutes = circa { $minutes } minuti
time-needed-hours =
    { $hours ->
        [one] circa un’ora
       *[other] circa { $hours } ore
    }
time-needed-both =
    { $hours ->
        [one] circa un’ora
       *[other] circa { $hours } ore
    } e { $minutes ->
        [one] un minuto
       *[other] { $minutes } minuti
    }
time-needed-until = { $duration }; con gli orari di invio dell’ente finisce il { $end }
time-needed-unknown = non c'è un limite di chiamate: dipende da IO

send-title = Invio del flusso
send-irrevocable = I messaggi arrivano sul telefono dei cittadini e non si possono richiamare né correggere.
send-balance = Quadratura
send-file = File dei destinatari
send-wrong-rows = Righe sbagliate lasciate fuori
send-repaired-rows = Righe con il codice fiscale corretto
send-same-rows = Righe ripetute lasciate fuori
send-different-rows = Persone con più messaggi diversi
send-total = Importo totale
send-smallest = Importo più piccolo
send-largest = Importo più grande
send-type-number = Per inviare, scrivi il numero dei destinatari
send-wrong-number = Il numero non è giusto e non è stato inviato niente. Controlla la quadratura: i destinatari sono { $recipients }.

interrupt-title = Interruzione dell’invio del flusso
interrupt-what = { $sent } notifiche sono già state trattate e non si possono richiamare; { $left } non sono ancora partite e non partiranno.
interrupt-then = Ciò che è in trasmissione in questo momento finisce. Se non è ancora partito niente il flusso torna Inattivo; altrimenti resta Invio incompleto, segnato Interrotto, e non riprende da solo. Se vuoi solo fermarti un momento, usa Pausa.
delete-title = Eliminazione del flusso
delete-what = Si eliminano il testo del flusso e i suoi { $recipients } destinatari. Non è stato inviato niente a nessuno.
delete-then = Il flusso eliminato non si può recuperare.

timeline-title = Che cosa è successo
timeline-by = da
event-machine = Staffetta
event-flow-created = Flusso creato
event-flow-described = Natura o descrizione cambiate:
event-flow-activated = Flusso attivato
event-flow-deactivated = Flusso riportato a Inattivo
event-flow-sent = Invio avviato
event-flow-paused = Invio messo in pausa
event-flow-resumed = Invio ripreso
event-flow-taken-back = Invio interrotto prima che partisse qualcosa: flusso tornato Inattivo
event-flow-interrupted = Invio interrotto
event-flow-deleted = Flusso eliminato

# Orari d'invio
sending-hours-any = I flussi si inviano a qualunque ora.
sending-hours = I flussi si inviano dalle { $from } alle { $until } ({ $days }).
