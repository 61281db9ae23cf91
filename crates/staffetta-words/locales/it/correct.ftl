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

event-row-corrected = Dati corretti e notifica reinviata
event-row-resent = Notifica reinviata
