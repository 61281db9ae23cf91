# Invia una prova a me.

test-title = Invia una prova a me
test-badge = Prova interna
test-lead = Questo messaggio arriva subito, con IO, sul tuo telefono, a questo codice fiscale:
test-which = È il messaggio del destinatario { $position } di { $of }:
test-others-data = contiene i dati di un’altra persona. Sul tuo telefono trattali con la stessa cura, e non mostrarli ad altri.
test-is-marked = È un messaggio vero, che su IO non si può togliere. In archivio è segnato «Prova interna», e la storia del flusso dice chi l’ha mandato. Non conta tra i destinatari del flusso.
test-without-payment = Parte senza l’avviso di pagamento: non c’è rischio che tu paghi l’avviso di un altro.
test-with-payment = Manda anche l’avviso di pagamento
test-with-payment-help = Sul tuo telefono comparirà l’avviso vero di un’altra persona, che si può pagare: non pagarlo.
test-do = Invia la prova
test-not = Non inviare
test-no-code = Per ricevere una prova serve il tuo codice fiscale: scrivilo nel tuo profilo.
test-to-profile = Vai al tuo profilo
test-too-late = Questo flusso è già partito: la prova si fa prima di inviare.
test-changed = Il messaggio è cambiato mentre guardavi questa pagina, e la prova non è partita. Guarda com’è adesso, poi inviala.
test-form-used = Da questa pagina è già partita la prova { $id }. Per mandarne un’altra premi di nuovo.
test-forbidden = Il servizio non è attivo, o non sei abilitato sia a comporre sia a inviare per questo servizio. La prova non è partita.
test-added = La prova è in coda: tra poco arriva sul tuo telefono. Qui sotto vedi che cosa ne è stato.
test-explained = È una prova, mandata da chi preparava il flusso a sé stesso: il flusso non la conta.
test-back = Torna al flusso
archive-tests = Solo le prove interne
event-flow-tested = Prova inviata a sé stessi
