# Perché una notifica o un servizio sono nel loro stato: che cosa è successo e che cosa fare.

reason-not-on-io = Questa persona non usa l’app IO. Scrivile con un altro mezzo, o riprova più avanti.
reason-service-off = Questa persona usa IO ma ha disattivato i messaggi di questo servizio. Scrivile con un altro mezzo.

reason-payload-refused = IO non ha accettato il contenuto del messaggio. Controlla i dati di questa riga, correggili e scrivi di nuovo a questa persona.
reason-amount-over-limit = L’importo supera il massimo che IO consente a questo servizio. Fai alzare il limite nell’area riservata di IO, poi scrivi di nuovo a questa persona.
reason-recipient-forbidden = Il servizio su IO è in prova e può scrivere solo ai destinatari autorizzati. Completa l’attivazione del servizio nell’area riservata di IO, poi scrivi di nuovo a questa persona.
reason-retries-ended = Per 24 ore IO non ha potuto prendere il messaggio. Non è stato inviato: quando IO torna disponibile, scrivi di nuovo a questa persona.
reason-processing-failed = IO aveva accettato il messaggio ma non è riuscita a elaborarlo. Il cittadino non lo ha ricevuto: scrivigli di nuovo.
reason-text-out-of-limits = Il testo con i dati di questa riga è fuori dai limiti di IO e non è stato inviato. Correggi i dati della riga e scrivi di nuovo a questa persona.
reason-payee-not-permitted = La riga indica un altro ente creditore, e IO non permette a questo servizio di farlo: il messaggio non è stato inviato. Se l’avviso è del tuo ente, svuota la colonna dell’ente creditore e invia di nuovo; se le righe sono molte, fai un flusso nuovo con un file senza quella colonna. Se l’avviso è davvero di un altro ente, chi amministra chieda il permesso a PagoPA.

reason-answer-timed-out = IO non ha risposto in tempo: il messaggio può essere arrivato oppure no. Decidi tu se inviare di nuovo, con il rischio di un doppione, o considerarlo inviato.
reason-connection-broken = La connessione si è interrotta prima della risposta di IO: il messaggio può essere arrivato oppure no. Decidi tu se inviare di nuovo, con il rischio di un doppione, o considerarlo inviato.
reason-answer-unclear = IO ha risposto con un errore che non dice se il messaggio è stato preso: può essere arrivato oppure no. Decidi tu se inviare di nuovo, con il rischio di un doppione, o considerarlo inviato.
reason-program-stopped = Staffetta si è fermata mentre il messaggio era in trasmissione: può essere arrivato oppure no. Decidi tu se inviare di nuovo, con il rischio di un doppione, o considerarlo inviato.
reason-ledger-went-back = Il database era stato ripristinato da una copia, o aveva perso le ultime scritture, mentre il messaggio era da inviare: nel frattempo può essere partito oppure no. Decidi tu se inviare di nuovo, con il rischio di un doppione, o considerarlo inviato.

reason-rejected-by-io = IO non ha recapitato il messaggio e non ne comunica il motivo. Di solito la persona non usa più IO o ha disattivato il servizio: scrivile con un altro mezzo.
reason-final-outcome-not-told = Accettata, esito finale non comunicato: IO ha preso il messaggio ma in 72 ore non ne ha detto l’esito. Non occorre fare nulla; in caso di dubbio chiedi al cittadino.
reason-message-unknown-to-io = IO aveva accettato il messaggio ma ora non lo riconosce. Prima di inviare di nuovo chiedi all’assistenza di IO, indicando l’identificativo del messaggio.
reason-declared-sent = Un operatore l’ha considerata inviata. L’esito su IO non si può conoscere.
reason-taken-without-id = IO ha preso il messaggio, ma la sua risposta è arrivata incompleta e non ne dice l’identificativo. L’esito su IO non si può conoscere: non inviare di nuovo.
reason-status-not-told = IO ha preso il messaggio ma non comunica il suo esito a questo servizio. Non occorre inviare di nuovo; nell’area riservata di IO controlla che la chiave sia quella del servizio che ha inviato.

reason-interrupted = Un operatore ha interrotto l’invio prima che toccasse a questa notifica. Se serve, scrivi di nuovo a questa persona.

reason-io-busy = IO ha avuto un problema momentaneo e non ha preso il messaggio. Staffetta riproverà da sola.
reason-io-unreachable = IO non è raggiungibile. Staffetta riproverà da sola; se dura, fai controllare la connessione a Internet.
reason-quota-used-up = L’ente ha raggiunto il numero di chiamate che IO concede. Staffetta riprenderà da sola appena possibile.

reason-key-refused = IO non riconosce la chiave del servizio. L’invio è in pausa: copia la chiave attuale dall’area riservata di IO nelle impostazioni del servizio, poi riprendi.
reason-not-permitted = IO non consente a questo servizio di inviare. L’invio è in pausa: nell’area riservata di IO controlla che il servizio sia attivo, che abbia i permessi e che l’indirizzo di rete dell’ente sia autorizzato, poi riprendi.
reason-wrong-address = All’indirizzo del servizio non risponde IO. L’invio è in pausa: controlla l’indirizzo nelle impostazioni del servizio, poi riprendi.
reason-many-refusals = IO ha risposto venti volte di seguito con lo stesso errore. L’invio è in pausa per non ripeterlo a tutti: controlla il messaggio e le impostazioni del servizio, poi riprendi.
reason-key-unreadable = La chiave di questo servizio non si apre con il file della chiave. L’invio è in pausa: rimetti il file giusto o scrivi di nuovo la chiave nelle impostazioni del servizio, poi riprendi.
