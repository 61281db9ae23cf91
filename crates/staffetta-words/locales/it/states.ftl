# I nomi degli stati, come li conoscono gli uffici. Altri nomi non ci sono.

flow-state-inactive = Inattivo
flow-state-active = Attivo
flow-state-sending = In invio
flow-state-sent = Inviato
flow-state-incomplete = Invio incompleto

# Accanto allo stato del flusso.
flow-planned = Programmato
flow-paused = In pausa
flow-service-paused = Servizio in pausa
flow-interrupted = Interrotto
flow-negative = { $unreachable } non raggiungibili · { $examine } da esaminare

notification-state-queued = Da inviare
notification-state-in-flight = In trasmissione
notification-state-accepted = Accettata da IO
notification-state-delivered = Disponibile su IO
notification-state-rejected = Non recapitata
notification-state-unreachable = Non raggiungibile
notification-state-failed = Errore
notification-state-uncertain = Esito incerto
notification-state-cancelled = Non inviata
hold-older = Gli invii dell’ente sono fermi: il database è più vecchio degli invii già fatti, come succede quando si rimette una copia di sicurezza.
hold-silent = Gli invii dell’ente sono fermi: per più di mezz’ora nessun programma se ne è occupato mentre qualcosa aspettava di partire. Prima di riprendere va escluso che sia già partito da un’altra copia di questa macchina.
