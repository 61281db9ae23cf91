# Errata corrige: un nuovo messaggio a chi ha ricevuto quello sbagliato.

errata-subject = Errata corrige:
errata-subject-mistake = Messaggio inviato per errore:
errata-description = Errata corrige del flusso { $flow }: { $description }
errata-file-name = destinatari-del-flusso-{ $flow }.csv
errata-file-kind = Righe prese dal flusso { $flow }, con tutte le colonne del file dell’ufficio.

# $subject is the wrong message's own, with its placeholders. The placeholder in the middle is no column: until it is
# written over, the flow cannot be activated.
errata-place = { "{{" }SCRIVI QUI CHE COSA ERA SBAGLIATO E CHE COSA È GIUSTO{ "}}" }
errata-write-here = Adesso, nel contenuto, scrivi la correzione al posto di { errata-place }, parentesi comprese: poi l’elenco si controlla da solo. Scadenza, importo e numero avviso restano quelli del primo invio: se lo sbaglio è lì, carica il file corretto in Destinatari, o scegli una natura senza pagamento.
errata-text =
    Ti abbiamo inviato il messaggio «{ $subject }», che conteneva un errore. Non tenerne conto: vale quello che leggi qui.

    { errata-place }

    Ci scusiamo per il disguido.
errata-text-mistake =
    Ti abbiamo inviato per errore il messaggio «{ $subject }». Non tenerne conto: non vale, e non devi fare niente.

    Non possiamo cancellarlo dall’app IO: se vuoi puoi archiviarlo tu. Ci scusiamo per il disguido.

# Perché non si è fatta.
errata-not-over = L’errata corrige si può preparare solo quando l’invio è finito. Se il flusso è ancora in invio, prima premi Interrompi l’invio: chi non ha ancora ricevuto il messaggio sbagliato non lo riceverà.
errata-another = Di questo flusso qualcuno ha appena preparato, o sta preparando, un’altra errata corrige: controlla qui sotto, per non scrivere due volte alle stesse persone. Se ne serve davvero un’altra, premi di nuovo il pulsante.
errata-nobody = Nessuno ha ricevuto il messaggio di questo flusso: non c’è nessuno a cui scrivere.
errata-fault = L’errata corrige non è stata preparata, per un guasto del programma. Riprova tra poco.

# --- La pagina ---

errata-title = Errata corrige del flusso
errata-open = Errata corrige
errata-help = Un nuovo messaggio esattamente a chi ha ricevuto quello di questo flusso.
errata-lead = Un messaggio inviato non si può correggere né richiamare. Si può però scriverne un altro esattamente a chi lo ha ricevuto. Qui prepari il nuovo flusso: servizio e destinatari sono già pronti, tu scrivi la correzione, controlli e poi lo attivi e lo invii come ogni altro.
errata-before = Errata corrige già preparate:
errata-said = Il messaggio sbagliato era
errata-who = A chi si scrive
errata-column-who = Destinatari del flusso
errata-column-count = Quanti
errata-column-what = Nell’errata corrige
errata-reached = Il messaggio è arrivato su IO
errata-uncertain = Esito incerto
errata-declared = Considerati inviati da una persona, senza conferma di IO
errata-not-reached = Non hanno ricevuto niente (non raggiungibili, errori, non inviati)
errata-taken = presi
errata-if-ticked = presi solo se lo scegli qui sotto
errata-left-out = lasciati fuori
errata-all = In tutto
errata-take-uncertain =
    { $count ->
        [one] Prendi anche il destinatario con esito incerto
       *[other] Prendi anche i { $written } destinatari con esito incerto
    }
errata-take-uncertain-help = Forse il primo messaggio non è mai arrivato: sarebbe la correzione di qualcosa che chi legge non ha visto.
errata-take-declared =
    { $count ->
        [one] Prendi anche il destinatario considerato inviato da una persona
       *[other] Prendi anche i { $written } destinatari considerati inviati da una persona
    }
errata-take-declared-help = IO non ha confermato niente: forse il primo messaggio non è mai arrivato.
errata-kind = Che cosa scrivi
errata-kind-correction = Errata corrige: il messaggio conteneva un errore, e dici che cosa è giusto
errata-kind-correction-help = Oggetto e testo sono già avviati: al posto di «SCRIVI QUI…» scrivi la correzione. Finché non lo fai il flusso non si può attivare. Scadenza, importo e numero avviso restano quelli del primo invio, finché non carichi un file corretto.
errata-kind-mistake = Messaggio inviato per errore: chiedi di non tenerne conto
errata-kind-mistake-help = Il testo è già pronto. Non porta né pagamento né scadenza.
errata-choose-kind = Scegli che cosa scrivi.
errata-do = Prepara l’errata corrige
errata-then = Non parte niente: si apre la pagina in cui comporre il nuovo flusso.

# --- Dove è segnata ---

errata-is = Errata corrige del
errata-source = flusso
# $taken of $total recipients; the rest says who was left out.
errata-took =
    { $taken ->
        [one] Preso un destinatario
       *[other] Presi { $written } destinatari
    } su { $total }.
errata-left-not-reached =
    { $count ->
        [one] Lasciato fuori uno, che non aveva ricevuto niente.
       *[other] Lasciati fuori { $written }, che non avevano ricevuto niente.
    }
errata-left-uncertain =
    { $count ->
        [one] Lasciato fuori uno con esito incerto.
       *[other] Lasciati fuori { $written } con esito incerto.
    }
errata-left-declared =
    { $count ->
        [one] Lasciato fuori uno, considerato inviato da una persona senza conferma di IO.
       *[other] Lasciati fuori { $written }, considerati inviati da una persona senza conferma di IO.
    }
errata-made = Errata corrige:
errata-made-by = preparata il { $at } da { $name }

event-flow-errata-made = Errata corrige preparata
event-flow-errata-of = Errata corrige: destinatari presi da un altro flusso
event-errata-flow = flusso { $flow }

# --- Riga di comando ---

cli-errata-made = Flusso { $flow }: errata corrige del flusso { $source }, Inattivo. Controlla il testo sulla sua pagina, poi attivalo.
cli-errata-another = Di questo flusso c’è già un’errata corrige, o qualcuno la sta preparando. Guarda la sua pagina; se ne serve davvero un’altra, aggiungi --again.
