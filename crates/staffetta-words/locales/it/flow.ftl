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
flow-awaits-outcomes =
    { $count ->
        [one] Di una notifica non si conosce ancora l’esito finale: se IO lo comunica, i numeri qui sotto si aggiornano da soli.
       *[other] Di { $shown } notifiche non si conosce ancora l’esito finale: se IO lo comunica, i numeri qui sotto si aggiornano da soli.
    }
flow-asleep = Il motore d’invio non è al lavoro: l’invio aspetta. Avvisa chi gestisce Staffetta.
flow-service-disabled = Il servizio è disabilitato: l’invio aspetta. Chi amministra Staffetta può abilitarlo in Gestione servizi.
flow-paused-note = L’invio è in pausa. Premi Riprendi per farlo proseguire.
flow-paused-pilot-note = L’invio ai primi { $count } è in pausa. Premi Riprendi per farlo proseguire: dopo di loro si fermerà di nuovo.
flow-rests = Adesso è fuori dagli orari di invio dell’ente: l’invio riprende da solo il { $at }.

flow-pilot-attribute = Solo i primi { $count }
flow-pilot-under-way = Si invia soltanto ai primi { $count }: { $done } già trattati. Poi l’invio si ferma e aspetta te.
flow-pilot-over = I primi { $count } sono partiti: { $outcomes }. Guarda com’è andata; se va bene premi Riprendi per inviare agli altri { $left }, altrimenti Interrompi l’invio.

flow-approval-awaited = In attesa di approvazione
flow-approval-given = Approvato
flow-approval-note = Per inviarlo serve l’approvazione di una seconda persona, diversa da chi lo ha attivato. L’approvazione non fa partire niente da sola, a meno che l’invio sia già programmato.
flow-unapproved = Non è stato inviato niente: prima una seconda persona, diversa da chi ha attivato il flusso, deve approvarlo con Controlla e approva.

approve-open = Controlla e approva
approve-title = Approvazione del flusso
approve-what = { $name } ha attivato questo flusso. Ha più { $above ->
        [1] di un destinatario
       *[other] di { $above } destinatari
    }: prima dell’invio l’ente chiede che lo controlli anche un’altra persona.
approve-look = Guarda i messaggi, uno per uno
approve-planned = L’invio è programmato per il
approve-planned-then = Se lo approvi partirà da solo a quell’ora; se l’ora è già passata da poco, parte subito.
approve-yes = Va bene
approve-then = Il flusso risulterà approvato da te, e si potrà inviare. Resta scritto nella sua storia.
approve-type-number = Per approvare, scrivi il numero dei destinatari
approve-wrong-number = Il numero non è giusto e il flusso non è stato approvato. Controlla la quadratura: i destinatari sono { $recipients }.
approve-do = Approva
approve-no = Non va bene
approve-no-then = Il flusso torna Inattivo, così si può correggere. Il motivo resta scritto nella sua storia.
approve-no-do = Non approvare
approve-same-person = Hai attivato tu questo flusso: deve controllarlo e approvarlo un’altra persona.
approve-not-now = Il flusso non aspetta la tua approvazione: qualcuno lo ha già approvato o cambiato. Qui sotto vedi com’è adesso.

flow-planned-at = Programmato: { $at }
flow-planned-missed = Programmato il { $at }, non partito
flow-plan-note = L’invio partirà da solo il { $at }. Fino ad allora puoi cambiare idea.
flow-plan-due-note = È l’ora programmata: l’invio sta per partire.
flow-plan-missed-note = L’invio era programmato per il { $at } ma non è partito: nessun motore era al lavoro e ormai sono passate ore. Che cosa vuoi fare? Premi Invia adesso, oppure Cambia la programmazione, oppure Annulla la programmazione.
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
flow-send-now = Invia adesso
flow-pilot = Invia i primi 20 e fermati
flow-plan = Programma l’invio
flow-plan-again = Cambia la programmazione
flow-unplan = Annulla la programmazione
flow-deactivate = Riporta a Inattivo
flow-pause = Pausa
flow-resume = Riprendi
flow-interrupt = Interrompi l’invio
flow-compose = Continua a comporre
flow-delete = Elimina il flusso
flow-duplicate = Duplica
flow-duplicate-help = Un nuovo flusso con lo stesso servizio, natura e testo, senza destinatari.
flow-copy-of = Copia di { $description }
flow-back = Torna al flusso

flow-not-paused = Il flusso non è stato messo in pausa: non è in invio, oppure è già in pausa. Qui sotto vedi com’è adesso.
flow-not-resumed = Il flusso non si può riprendere: non è in invio, oppure non è in pausa. Qui sotto vedi com’è adesso.
flow-not-interrupted = L’invio non si può interrompere: il flusso non è in invio. Qui sotto vedi com’è adesso.
flow-not-deactivated = Il flusso non è tornato Inattivo: si può fare solo finché è Attivo. Qui sotto vedi com’è adesso.
flow-not-deleted = Il flusso non si può eliminare: si può fare solo finché è Inattivo e nessun messaggio è partito. Qui sotto vedi com’è adesso.
flow-no-pilot = L’invio ai primi 20 si può fare solo di un flusso Attivo con più di 20 destinatari. Qui sotto vedi com’è adesso.
flow-not-planned = L’invio non si può programmare: si programma solo un flusso Attivo. Qui sotto vedi com’è adesso.
flow-not-unplanned = L’invio non era programmato, oppure è già partito. Qui sotto vedi com’è adesso.
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

# Che cosa sta per partire, in una frase: la stessa attivando, approvando e inviando.
about-to-send = Stai per { $whom } con il servizio { $service }: oggetto «{ $subject }», { $start }
about-people =
    { $count ->
        [one] scrivere a una persona
       *[other] scrivere a { $people } persone
    }
about-messages =
    { $count ->
        [one] inviare { $messages } messaggi a una persona
       *[other] inviare { $messages } messaggi a { $people } persone
    }
about-first = scrivere ai primi { $count } destinatari
about-start-now = da subito
about-start-once-sent = appena verrà inviato
about-start-chosen = dal giorno e dall’ora che scegli qui sotto
about-start-at = dalle ore { about-moment }
about-start-not-before = non prima delle ore { about-moment }
about-moment =
    { $hour } di { $day ->
        [1] lunedì
        [2] martedì
        [3] mercoledì
        [4] giovedì
        [5] venerdì
        [6] sabato
       *[other] domenica
    } { $date }
about-length = ; l’invio durerà { $duration }
about-until = ; l’invio durerà fino al { $end }

send-title = Invio del flusso
send-irrevocable = I messaggi arrivano sul telefono dei cittadini e non si possono richiamare né correggere.
send-file = File dei destinatari
send-type-number = Per inviare, scrivi il numero dei destinatari
send-rests = Adesso però è fuori dagli orari di invio dell’ente: il primo messaggio parte il { $at }.
send-what = Si invia adesso a tutti i destinatari.
pilot-title = Invio ai primi 20 destinatari del flusso
pilot-what = Si invia adesso soltanto ai primi 20 destinatari, nell’ordine del file. Poi l’invio si ferma e aspetta: guardi com’è andata e decidi se proseguire con gli altri.
pilot-type-number = Per inviare, scrivi a quanti destinatari: 20
pilot-wrong-number = Il numero non è giusto e non è stato inviato niente. Per inviare ai primi destinatari scrivi { $recipients }.
plan-title = Programma l’invio del flusso
plan-what = L’invio a tutti i destinatari partirà da solo nel giorno e nell’ora che scegli, se in quel momento il motore è al lavoro. Se non ci riesce per più di due ore non parte, e ti chiede che cosa fare.
plan-at = Giorno e ora
plan-at-help = Ora di Roma.
plan-hours-help = Fuori da questi orari l’invio aspetta l’apertura.
plan-type-number = Per programmare, scrivi il numero dei destinatari
plan-wrong-number = Il numero non è giusto e non è stato programmato niente. Controlla la quadratura: i destinatari sono { $recipients }.
plan-bad-time = Scrivi giorno e ora così: gg/mm/aaaa hh:mm, per esempio 15/12/2026 08:30.
plan-past-time = Il { $at } è già passato: scegli un momento futuro.
send-changed-meanwhile = Mentre questa pagina era aperta qualcuno ha cambiato il flusso e lo ha attivato di nuovo. Non è stato inviato niente: ricontrolla oggetto e quadratura, poi scrivi il numero.
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
event-times = { $count } volte, la prima il { $since }
event-flow-created = Flusso creato
event-flow-described = Natura o descrizione cambiate
event-flow-renamed = Descrizione cambiata
event-flow-nature-changed = Natura cambiata
event-now = ora: { $value }
event-flow-activated = Flusso attivato
event-flow-approved = Flusso approvato
event-flow-not-approved = Flusso non approvato: tornato Inattivo
event-flow-deactivated = Flusso riportato a Inattivo
event-flow-sent = Invio avviato
event-flow-paused = Invio messo in pausa
event-flow-resumed = Invio ripreso
event-flow-taken-back = Invio interrotto prima che partisse qualcosa: flusso tornato Inattivo
event-flow-interrupted = Invio interrotto
event-flow-deleted = Flusso eliminato
event-flow-planned = Invio programmato
event-flow-unplanned = Programmazione dell’invio tolta
event-flow-begun-as-planned = Invio avviato, come programmato
event-flow-start-missed = Invio programmato non partito in tempo
event-flow-pilot-sent = Invio avviato ai primi destinatari
event-planned-at = per il { $at }
event-flow-pilot-over = Primi destinatari trattati: invio fermo, in attesa

# Orari d'invio
sending-hours-any = I flussi si inviano a qualunque ora.
sending-hours = I flussi si inviano dalle { $from } alle { $until } ({ $days }).
