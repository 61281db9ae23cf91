# Correggi e reinvia.

correct-title = Correggi e reinvia la notifica
correct-do = Correggi e reinvia
correct-lead = Correggi i dati di questa persona, oppure lasciali come sono per riprovare. Il testo del messaggio è quello del flusso e non cambia; nella storia resta scritto come è andata prima.
correct-faults = Qualcosa non va: guarda i campi segnati. Non è stato inviato niente.
correct-too-late = Questa notifica non si può più correggere: il suo esito è cambiato, oppure qualcuno l’ha già reinviata.
correct-other-row =
    { $rows ->
        [one] In questo flusso c’è già un altro messaggio per questa persona.
       *[other] In questo flusso ci sono già altri { $rows } messaggi per questa persona.
    }
correct-accept-other = Lo so: la persona deve ricevere anche questo messaggio
notification-earlier = Tentativo { $attempt }, al codice fiscale { $code }: { $state }
notification-earlier-io = Codice IO del messaggio: { $id }.
notification-done-corrected = La notifica torna da inviare: parte appena tocca a lei.

rewrite-do = Correggi e scrivi di nuovo
rewrite-too-late = Questa notifica non si può correggere: il suo esito è cambiato. Qui sotto vedi com’è adesso.
rewrite-another-first = Stai già scrivendo un’altra notifica: apri Nuovo nell’Archivio notifiche e finiscila, oppure scartala. Poi torna qui.
rewrite-done-already = Non è stato inviato niente: al posto di quella notifica è già stata scritta la { $id }.

event-single-rewritten = Corretta e scritta di nuovo
event-single-corrects = Scritta al posto di un’altra
event-notification = notifica { $id }
event-row-corrected = Dati corretti e notifica reinviata
event-row-resent = Notifica reinviata
