# Reinvia i non riusciti.

resend-title = Reinvio del flusso
resend-do = Reinvia i non riusciti
resend-lead = Si riprova con gli stessi dati e lo stesso testo: serve quando ciò che mancava ora c’è, per esempio chi nel frattempo ha installato IO. Dove i dati sono sbagliati, apri la notifica e scegli “Correggi e reinvia”.
resend-which = Chi reinviare
resend-type-count = Per reinviare, scrivi quante sono
resend-choose = Scegli quali notifiche reinviare. Non è stato reinviato niente.
resend-wrong-count = Il numero non è giusto e non è stato reinviato niente: le notifiche sono { $count }.
resend-nothing = In questo flusso non c’è niente da reinviare.
resend-too-late = Non è stato reinviato niente: gli esiti sono cambiati, oppure le ultime chiamate dell’invio interrotto non sono ancora tornate.

event-flow-resent = Non riusciti reinviati
event-resent-count = notifiche: { $count }
