# Testi della riga di comando.

cli-done = Fatto.

# Il nome scritto accanto a ciò che si fa da qui.
cli-actor = riga di comando
# L'ente che nasce se nessuno gli ha dato un nome.
cli-first-organization = Il mio ente

# --- Configurazione e avvio ---

cli-config-file = Il file di configurazione { $path } non va bene: { $error }
cli-setting-value = Il valore di { $name } non va bene: scrivi { $values }.
setting-text = un testo
setting-number = un numero intero
setting-truth = true oppure false
cli-setting-range = { $name } può andare da { $min } a { $max }.
cli-setting-not-text = La variabile d'ambiente { $name } contiene caratteri che non sono testo.
cli-setting-twice = { $name } è indicato due volte: direttamente e con un file. Lascia solo uno dei due.
cli-log-filter = STAFFETTA_LOG non va bene ({ $error }). Scrivi per esempio info, oppure staffetta_engine=debug.
cli-log-format = STAFFETTA_LOG_FORMAT può essere text oppure json.
cli-client = Con questa configurazione non si può chiamare IO: { $error }.
cli-no-runtime = Il sistema non lascia avviare il programma: { $error }.
cli-no-random = Il sistema non dà numeri casuali: { $error }.
cli-output = Non si riesce a scrivere il risultato: { $error }.
cli-input = Non si riesce a leggere ciò che viene digitato: { $error }.
cli-input-empty = Non è arrivato niente dallo standard input, o la prima riga è vuota.
cli-file-unreadable = Il file { $path } non si riesce a leggere: { $error }.
# What the operating system says, after a colon.
system-not-found = non c'è
system-not-permitted = il sistema non dà il permesso
system-is-a-folder = è una cartella
system-is-no-folder = una parte del percorso non è una cartella
system-exists = c'è già
system-disk-full = il disco è pieno
system-read-only = il disco è in sola lettura
system-too-large = è troppo grande
system-address-in-use = l'indirizzo è già occupato
system-no-such-address = l'indirizzo non è di questa macchina
cli-file-not-utf8 = Il file { $path } non è in UTF-8. Salvalo di nuovo scegliendo la codifica UTF-8.
cli-excel-name = Il file { $path } deve finire con .xlsx: è un file Excel. Scegli un altro nome.
cli-excel-over-input = Il file { $path } è uno di quelli da leggere: scriverci sopra lo cancellerebbe. Scegli un altro nome.
cli-excel-over-other = Il file { $path } c'è già e non è un file Excel: scriverci sopra lo cancellerebbe. Scegli un altro nome, oppure spostalo.
cli-csv-over-other = Il file { $path } c'è già: potrebbe essere il tuo elenco, e scriverci sopra lo cancellerebbe. Scegli un altro nome, oppure spostalo.
cli-cannot-make = Non si riesce a scrivere { $path }: { $error }.
cli-no-nature = La natura “{ $name }” non c'è. Le nature dell'ente sono: { $names }.
cli-new-database = Ho creato un database nuovo in { $path }.
cli-new-database-elsewhere = Il database era vuoto: ora è pronto per Staffetta.
cli-key-file-open = Attenzione: il file della chiave { $path } può essere letto da altri utenti di questa macchina. Chiudilo con: chmod 600 { $path }
cli-wrong-date = “{ $value }” non è una data. Scrivila così: 31/12/2026.

# --- Il registro ---

cli-store-url = L'indirizzo del database deve cominciare con sqlite: oppure con postgres://, per esempio sqlite:dati/staffetta.db.
cli-store-newer = Questo database è stato creato da una versione più recente di Staffetta. Installa quella versione, o una successiva.
cli-store-other-key = Il file della chiave non è quello con cui è stato creato questo database.
cli-store-key-file = Il file della chiave { $path } non si riesce a leggere o a scrivere: { $error }.
cli-store-key-content = Il file { $path } non contiene una chiave di Staffetta.
cli-store-key-remedy = Rimetti al suo posto il file giusto, dal suo salvataggio: senza, le chiavi dei servizi non si possono leggere.
cli-store-lock-file = Il file { $path }, che dice se un motore è al lavoro, non si riesce ad aprire: { $error }.
cli-store-mark-file = Il file { $path }, che dice fin dove sono arrivati gli invii, non si riesce a leggere o a scrivere: { $error }.
cli-store-not-a-database = Il file indicato come database è un’altra cosa, non un database di Staffetta.
cli-store-not-a-database-remedy = Controlla l’indirizzo del database: dopo “sqlite:” va il file con i dati di Staffetta, di solito staffetta.db.
cli-store-disk-full = Il disco è pieno. Niente è rimasto scritto a metà: libera spazio e riprova.
cli-store-list-too-long = Un flusso può avere al massimo 16.777.215 destinatari: dividi il file.
cli-store-database = Il database non ha fatto ciò che gli è stato chiesto: { $error }.
cli-store-no-answer = Il database non risponde.
cli-store-database-remedy = Controlla che il database sia acceso e raggiungibile, e che niente lo tenga occupato a lungo (per esempio una copia), poi riprova.

cli-which-organization = Gli enti sono più d'uno: indica quale con --organization. Ci sono: { $names }.
cli-no-organization = L'ente “{ $name }” non c'è. Ci sono: { $names }.
cli-organization-gone = L'ente “{ $name }” non c'è più.
cli-organization-name-taken = C'è già un altro ente con il nome “{ $name }”.
cli-quota =
    IO concede all'ente { $calls } { $calls ->
        [one] chiamata
       *[other] chiamate
    } ogni { $seconds } { $seconds ->
        [one] secondo
       *[other] secondi
    }.
cli-quota-none = IO non pone all'ente un limite di chiamate.
cli-quota-share =
    Se ne usa al massimo il { $percent } per cento: il resto è lasciato ad altri programmi.
cli-approval-above = Un flusso con più di { $above } destinatari si invia solo dopo l'approvazione di una seconda persona.
cli-repeat-days =
    Per avvisare che qualcuno ha già ricevuto lo stesso messaggio { $days ->
        [1] si guarda l'ultimo giorno
       *[other] si guardano gli ultimi { $days } giorni
    }.
cli-letter-cost = Una lettera costa { $cost }.
cli-content-min = Il contenuto di un messaggio ha almeno { $min } caratteri.

cli-organization-held-remedy = Ciò che è partito nel frattempo qui può risultare ancora da inviare, e partirebbe una seconda volta. Controlla i flussi in invio e le notifiche puntuali da inviare. Se niente è partito: staffetta organization resume. Se qualcosa può essere partito: staffetta organization resume --may-have-left, e ciò che aspetta diventa “Esito incerto”, da decidere.
cli-organization-not-held = Gli invii dell'ente non sono fermi: non c'è niente da far riprendere.
cli-organization-in-doubt =
    { $count ->
        [one] Una notifica è diventata “Esito incerto”: si decide
       *[other] { $count } notifiche sono diventate “Esito incerto”: si decide
    } con staffetta flow decide e staffetta notification decide.
cli-organization-resumed = Gli invii dell'ente riprendono.
cli-organization-resume-word = riprendi
cli-organization-resume-confirm = Hai controllato? Per far riprendere gli invii scrivi: riprendi
cli-organization-resume-not-confirmed = La parola non corrisponde: gli invii restano fermi.
cli-organization-resume-needs-yes = Qui non si può chiedere conferma a nessuno: per far riprendere gli invii aggiungi --yes.

cli-no-nodes = Nessun programma di Staffetta è acceso su questo database.
cli-column-node = Macchina
cli-column-version = Versione
cli-column-node-work = Lavoro
cli-column-organizations = Enti
cli-column-started = Avviato
cli-column-seen = Visto
cli-node-sends = invia
cli-node-pages = solo pagine
cli-node-stopping = si ferma
cli-node-gone = non risponde

cli-init-organization = L'ente è “{ $name }”.
cli-init-admin = “{ $name }” è amministratore.
cli-where-database = {"  "}Database:    { $path }
cli-where-key = {"  "}Chiave:      { $path } (salvalo, ma non accanto ai salvataggi del database)
cli-where-excel = {"  "}File Excel:  { $path }
cli-where-simulator = {"  "}Simulatore:  { $url }

# --- Il motore ---

cli-working = Il motore è al lavoro. Per fermarlo: Ctrl-C.
cli-stopping = Il motore si ferma: non parte più nessuna chiamata, quelle in corso finiscono. Un altro Ctrl-C le interrompe.
cli-stopped = Il motore si è fermato in ordine.
cli-cut-off = Il motore è stato fermato prima che finissero le chiamate in corso: al prossimo avvio i loro messaggi saranno “Esito incerto”.
cli-engine-elsewhere = Su questo database c'è già un motore al lavoro.
cli-engine-elsewhere-remedy = Ne serve uno solo: questo comando non ha fatto niente.
cli-engine-needed = Per ora nessun motore è al lavoro: l'invio parte quando si avvia staffetta work.
cli-engine-stopped = Una parte del programma si è fermata in modo imprevisto. Avvialo di nuovo: riprende da dove era arrivato.
cli-engine-taken-over = Un altro motore ha preso il posto di questo.
cli-database-is-demo = Questo è il database della dimostrazione.
cli-database-is-demo-remedy = Per farla andare avanti usa staffetta demo; per lavorare davvero indica un altro database.
cli-database-is-real = Questo database non è della dimostrazione.
cli-database-is-real-remedy = La dimostrazione ne vuole uno suo: indica con --data-dir una cartella nuova.
cli-stopped-following = Ora l'invio non è più seguito da qui. Continua quando un motore è al lavoro: staffetta work.

# --- Servizi ---

cli-no-services = Non c'è ancora nessun servizio: aggiungine uno con staffetta service add.
cli-no-service = Il servizio “{ $name }” non c'è.
cli-no-service-remedy = Vedi quali ci sono con staffetta service list.
cli-service-added = Il servizio “{ $name }” è stato aggiunto.
cli-service-changed = Il servizio “{ $name }” è stato modificato. Se si era messo in pausa, riprendi i suoi flussi con staffetta flow resume.
cli-service-disabled = Il servizio “{ $name }” è disabilitato.
cli-service-enabled = attivo
cli-service-off = disabilitato
cli-service-paused = in pausa: { $why }
cli-ask-key = Chiave del servizio (non viene mostrata):
cli-pages = Le pagine sono a { $url }
cli-pages-stopped = Le pagine non rispondono più: { $error }
cli-pages-closed = Le pagine sono chiuse.
cli-pages-unsafe = All'indirizzo { $address } le pagine si raggiungono dalla rete: senza https le password e i dati dei cittadini viaggerebbero in chiaro.
cli-pages-unsafe-remedy = Indica certificato e chiave con --tls-cert e --tls-key; oppure, se davanti c'è un proxy che fa il TLS, --behind-proxy. Per provare su questa macchina: --listen 127.0.0.1:8080.
cli-tls-half = Il certificato (--tls-cert) e la sua chiave (--tls-key) vanno indicati insieme.
cli-tls-certificate = Il certificato { $path } non va bene: { $error }. Serve un file PEM con il certificato e la sua catena.
cli-tls-key = La chiave { $path } non va bene: { $error }. Serve un file PEM con la chiave privata del certificato, senza password.

# --- Operatori ---

cli-no-operators = Non c'è ancora nessun operatore.
cli-operator-added = L'operatore “{ $name }” è stato aggiunto.
cli-operator-changed = L'operatore “{ $name }” è stato modificato.
cli-no-operator = L'operatore “{ $name }” non c'è. Vedi chi c'è con staffetta operator list.
cli-operator-name-taken = C'è già un operatore con il nome “{ $name }”.
cli-operator-without-services = Non gli è stato abilitato nessun servizio: per ora non vede niente.
cli-operator-admin = tutti, da amministratore
cli-password-short = La password deve avere almeno { $min } caratteri.
cli-password-fault = Non si è riusciti a proteggere la password. Riprova.
cli-passwords-differ = Le due password non sono uguali.
cli-ask-password = Password (non viene mostrata):
cli-ask-password-again = Ripeti la password:

# --- Colonne degli elenchi ---

cli-column-number = N.
cli-column-name = Nome
cli-column-address = Indirizzo
cli-column-max-amount = Importo massimo
cli-column-state = Stato
cli-column-services = Servizi
cli-column-service = Servizio
cli-column-created = Creato
cli-column-description = Descrizione
cli-column-recipients = Destinatari

# --- Flussi ---

cli-no-flows = Nessun flusso corrisponde alla ricerca.
cli-no-flow = Il flusso { $flow } non c'è.
cli-no-flow-of-yours = Questo flusso non c'è.
cli-reading = Lettura del file: riga { $line }
cli-flow-created = È stato creato il flusso { $flow }, per ora Inattivo: non parte niente finché non viene attivato e inviato.
cli-flow-existing = Con questo riferimento e questo contenuto c'è già il flusso { $flow }.
cli-flow-same-as = Attenzione: lo stesso elenco con lo stesso messaggio è già nel flusso { $flow } del { $date }.
# The number stands before these, in a column of its own.
cli-rows-read =
    { $count ->
        [one] riga letta
       *[other] righe lette
    }
cli-rows-valid =
    { $count ->
        [one] riga valida, cioè un messaggio
       *[other] righe valide, cioè messaggi
    }
cli-rows-wrong =
    { $count ->
        [one] riga scartata
       *[other] righe scartate
    }
cli-rows-repaired =
    { $count ->
        [one] riga con il codice fiscale corretto dal programma
       *[other] righe con il codice fiscale corretto dal programma
    }
cli-rows-same =
    { $count ->
        [one] riga ripetuta, tenuta una volta sola
       *[other] righe ripetute, tenute una volta sola
    }
cli-rows-different =
    { $count ->
        [one] riga di una persona che c'è già, con un altro contenuto
       *[other] righe di persone che ci sono già, con un altro contenuto
    }
cli-rows-to-look-at = Righe segnalate:
cli-rows-more =
    { $count ->
        [one] e un'altra.
       *[other] e altre { $count }.
    }
cli-amount-total = Totale degli importi
cli-amount-min = Importo minimo
cli-amount-max = Importo massimo
# $begins tells whether it is under way.
time-begins = { $begins ->
    [left] { $count ->
        [one] L'invio è in corso: manca
       *[other] L'invio è in corso: mancano
    }
   *[whole] L'invio richiederà
}
cli-time-seconds =
    { time-begins } circa { $count ->
        [one] un secondo
       *[other] { $count } secondi
    }, con il limite di chiamate di IO.
cli-time-minutes =
    { time-begins } circa { $count ->
        [one] un minuto
       *[other] { $count } minuti
    }, con il limite di chiamate di IO.
cli-time-hours =
    { time-begins } circa { $count ->
        [one] un'ora
       *[other] { $count } ore
    }, con il limite di chiamate di IO.
cli-time-with-hours = Con gli orari di invio dell'ente finirà il { $end }.
cli-problem-in-line = Riga { $line }
cli-problem-in-column = Riga { $line }, colonna { $column }, valore “{ $value }”
cli-wrong-rows-remedy = Correggi le righe e riprova, oppure prosegui con le sole righe giuste: --accept-valid.
cli-problems-more =
    { $count ->
        [one] C'è un altro problema
       *[other] Ci sono altri { $count } problemi
    }: con --wrong-rows FILE.xlsx si hanno in un file Excel.
cli-problems-written =
    { $count ->
        [0] Non ci sono problemi da scrivere in { $path }.
        [one] Un problema è stato scritto in { $path }.
       *[other] { $count } problemi sono stati scritti in { $path }.
    }

cli-flow-not-now = Il flusso { $flow } è nello stato “{ $state }”: ora non si può fare.
cli-flow-unapproved = Il flusso { $flow } aspetta l'approvazione di una seconda persona: non è stato inviato niente.
cli-flow-unapproved-remedy = Deve approvarlo chi non lo ha attivato: dalla sua pagina, con Controlla e approva, oppure staffetta flow approve { $flow }.
cli-flow-approved = Il flusso { $flow } è approvato: { $state }. Per inviarlo: staffetta flow send { $flow }.
cli-flow-approved-by-same = Il flusso { $flow } è stato attivato da qui: deve approvarlo un'altra persona, dalla sua pagina.
cli-flow-without-list = Il flusso { $flow } non ha ancora un elenco di destinatari.
cli-flow-activated = Il flusso { $flow } è Attivo: messaggio e destinatari non cambiano più. Per inviarlo: staffetta flow send { $flow }.
cli-flow-activated-unapproved = Il flusso { $flow } è Attivo: messaggio e destinatari non cambiano più. Prima dell'invio deve approvarlo una seconda persona, dalla sua pagina, con Controlla e approva.
cli-flow-deactivated = Il flusso { $flow } è di nuovo Inattivo.
cli-flow-pilot-started =
    Il flusso { $flow } è in invio ai primi { $count ->
        [one] destinatari (uno)
       *[other] { $count } destinatari
    }, poi aspetta in pausa: staffetta flow resume { $flow } per proseguire.
cli-flow-planned = Il flusso { $flow } partirà da solo il { $at }. Per rinunciare: staffetta flow unplan { $flow }.
cli-flow-unplanned = L'invio programmato del flusso { $flow } è tolto: il flusso resta { $state }.
cli-plan-not-a-date = “{ $value }” non è una data con l'ora. Scrivila così: 15/12/2026 08:30.
cli-plan-in-the-past = Il { $at } è già passato: scegli un momento futuro.
cli-nothing-uncertain = Non ci sono esiti incerti da decidere. Di un flusso appena interrotto si reinvia quando nessuna chiamata è più in corso: riprova tra un minuto.
cli-decide-why-missing = Scrivi il motivo della decisione con --why, in non più di { $max } caratteri: resta nella storia di ogni notifica.
cli-nothing-to-resend = Nel flusso { $flow } non c'è nessuna notifica finita così da reinviare. Per vedere gli esiti: staffetta flow show { $flow }.
cli-resend-many-confirm =
    { $count ->
        [one] Si reinvia una notifica, e non si potrà richiamare. Per reinviarla scrivi 1:
       *[other] Si reinviano { $shown } notifiche, e non si potranno richiamare. Per reinviarle scrivi { $shown }:
    }
cli-resent =
    { $count ->
        [one] Una notifica del flusso { $flow } torna da inviare.
       *[other] { $count } notifiche del flusso { $flow } tornano da inviare.
    }
cli-no-notification = Non c'è nessuna notifica { $id } in questo ente.
cli-no-column = Non c'è nessuna colonna “{ $name }”. Le colonne del file sono: { $columns }.
cli-correct-accept-other = Se la persona deve ricevere anche questo messaggio, ripeti il comando con --accept-other.
cli-corrected = La notifica { $id } torna da inviare con i dati corretti.
cli-not-correctable = La notifica { $id } non si può correggere: si correggono solo le righe di un flusso che non sono andate a buon fine, e che nessuno ha già reinviato.
cli-decided =
    { $count ->
        [one] Deciso per una notifica.
       *[other] Deciso per { $shown } notifiche.
    }
cli-interrupt-confirm =
    { $count ->
        [0] Nel flusso { $flow } non aspetta nessun messaggio: si concludono le chiamate in corso.
        [one] Il messaggio che aspetta nel flusso { $flow } non verrà inviato.
       *[other] I { $shown } messaggi che aspettano nel flusso { $flow } non verranno inviati.
    } Per una sosta c'è staffetta flow pause { $flow }. Per interrompere per sempre scrivi: interrompi
cli-interrupt-word = interrompi
cli-interrupt-needs-yes = Qui non si può chiedere conferma a nessuno: per interrompere per sempre il flusso { $flow } aggiungi --yes. Per una sosta: staffetta flow pause { $flow }.
cli-interrupt-not-confirmed = La parola non corrisponde: il flusso { $flow } prosegue.
cli-resend-how-many =
    { $count ->
        [one] Si reinvia una notifica dall'esito incerto.
       *[other] Si reinviano { $shown } notifiche dall'esito incerto.
    }
cli-resend-confirm = Chi ha già ricevuto il messaggio lo riceverà una seconda volta. Per reinviare scrivi: reinvia
cli-resend-word = reinvia
cli-resend-needs-yes = Qui non si può chiedere conferma a nessuno: per reinviare aggiungi --yes. Chi ha già ricevuto il messaggio lo riceverà una seconda volta.
cli-resend-not-confirmed = La parola non corrisponde: niente è stato reinviato.
cli-verifying =
    { $count ->
        [one] Lo stato di una notifica viene chiesto
       *[other] Lo stato di { $count } notifiche viene chiesto
    } a IO, entro il suo limite di chiamate.
cli-nothing-to-verify = Non c'è niente da chiedere a IO: ogni esito è definitivo o non ancora in mano a IO.
cli-flow-started = Il flusso { $flow } è in invio.
cli-flow-paused = Il flusso { $flow } è in pausa: non parte più nessuna chiamata. Per riprendere: staffetta flow resume { $flow }.
cli-flow-resumed = Il flusso { $flow } riprende.
cli-flow-interrupted = L'invio del flusso { $flow } è interrotto; stato: { $state }.
cli-flow-deleted = Il flusso { $flow } è stato eliminato.
cli-flow-is-paused = Il flusso { $flow } è in pausa.
cli-flow-is-paused-remedy = Per riprenderlo: staffetta flow resume { $flow }.
cli-flow-stays-queued = Niente è perso: chi resta da inviare nel flusso { $flow } aspetta. Tolta la causa, riprendi con staffetta flow resume { $flow }.

cli-activate-past-due-confirm = Nel flusso { $flow } alcune scadenze sono già passate: la prima è il { $date }. Se è giusto così, per esempio in un sollecito, scrivi: attiva
cli-activate-word = attiva
cli-activate-not-confirmed = La parola non corrisponde: il flusso { $flow } resta Inattivo.
cli-activate-past-due-needs-flag = Nel flusso { $flow } alcune scadenze sono già passate: la prima è il { $date }. Qui non si può chiedere conferma a nessuno: se è giusto così aggiungi --accept-past-due, altrimenti correggi il file.
cli-send-confirm =
    I destinatari sono { $shown } e ciò che parte non si può richiamare. Per inviare scrivi quanti sono i destinatari:
cli-send-not-confirmed = Il numero non corrisponde: non è partito niente.
cli-send-needs-yes = Qui non si può chiedere conferma a nessuno: per inviare aggiungi --yes.
# What can be done with a flow that is in this state.
cli-next-inactive = Prima va attivato: staffetta flow activate { $flow }.
cli-next-active = Per inviarlo: staffetta flow send { $flow }. Per tornare a prepararlo: staffetta flow deactivate { $flow }.
cli-next-sending = L'invio è già in corso. Per seguirlo: staffetta flow send { $flow } --wait. Per fermarlo: staffetta flow pause { $flow }, o per sempre staffetta flow cancel { $flow }.
cli-next-over = L'invio è già finito. Per vedere gli esiti: staffetta flow show { $flow }, oppure in Excel staffetta flow export { $flow } --output FILE.xlsx.
cli-outcomes-later =
    { $count ->
        [one] IO ha preso un messaggio di cui comunica più tardi l'esito finale
       *[other] IO ha preso { $count } messaggi di cui comunica più tardi l'esito finale
    }: lo chiede il motore, se è al lavoro (staffetta work). Per vederlo: staffetta flow show { $flow }.
cli-settling =
    { $count ->
        [0] IO ha comunicato tutti gli esiti
        [one] Manca un esito: IO lo comunica dopo qualche secondo
       *[other] Mancano { $count } esiti: IO li comunica dopo qualche secondo
    }

cli-outcome = Flusso { $flow }: { $state }
cli-in-all = in tutto
cli-exported =
    { $count ->
        [one] Una notifica è stata scritta in { $path }.
       *[other] { $count } notifiche sono state scritte in { $path }.
    }
cli-export-fault = Il file non è stato scritto: una parte del programma si è fermata. Riprova.

cli-fact-description = Descrizione
cli-fact-reference = Riferimento
cli-fact-service = Servizio
cli-fact-nature = Natura
cli-fact-subject = Oggetto
cli-fact-file = File
cli-fact-recipients = Destinatari
cli-fact-created = Creato
cli-fact-activated = Attivato
cli-fact-started = Invio avviato
cli-fact-ended = Invio finito

# --- Notifiche ---

cli-no-notifications = Nessuna notifica corrisponde alla ricerca.
cli-notification-gone = La notifica non c'è più.
cli-single-recorded = La notifica { $id } è registrata; parte subito, appena IO la prende.
cli-single-outcome = Notifica { $id }: { $state }
cli-single-io-id = Identificativo su IO: { $id }
cli-single-repaired = Il codice fiscale è stato scritto nella forma giusta (maiuscole, senza spazi).
cli-single-existing = Con questo riferimento e questo contenuto la notifica c'è già: non ne parte un'altra.
cli-single-reference-taken = Questo riferimento è già di un'altra notifica, con un altro contenuto. Usa un altro riferimento.
cli-single-stays-queued = La notifica resta da inviare: parte quando la causa è tolta e un motore è al lavoro (staffetta work).

# --- Simulatore ---

cli-simulator-listens = Il simulatore di IO risponde a { $url }
cli-simulator-shows = Che cosa ha ricevuto ogni cittadino si vede a { $url }
cli-until-stopped = Per fermarlo: Ctrl-C.
cli-simulator-journal = Il file in cui il simulatore tiene ciò che riceve non si riesce ad aprire: { $error }.
cli-cannot-listen = All'indirizzo { $address } non si può ascoltare: { $error }.
cli-cannot-listen-remedy = Forse un altro programma occupa la porta: indicane un'altra con --listen o --simulator-listen.

# --- Dimostrazione ---

cli-demo-elsewhere = La dimostrazione è già in funzione su questi dati.
cli-demo-elsewhere-remedy = Usa quella, oppure fermala con Ctrl-C, oppure indica un'altra cartella con --data-dir.
cli-demo-only-here = La dimostrazione resta su questa macchina: { $address } è un indirizzo di rete.
cli-demo-real-host = Il servizio “{ $name }” porta fuori da questa macchina: la dimostrazione non parte, perché non deve poter scrivere a nessuno.
cli-demo-operators = Gli operatori di esempio, con le password, nuove a ogni avvio:
cli-demo-operator = {"  "}{ $name }: { $password }
cli-demo-making-past = Preparo qualche flusso delle settimane scorse…
cli-demo-composed = Flusso { $flow }: nell'elenco ci sono { $read } righe, { $valid } da inviare e { $wrong } scartate. Ora parte, con il limite di chiamate di IO.
cli-demo-goes-on-with = Il flusso { $flow } c'è già: si riprende da dove era arrivato.
cli-demo-goes-on = La dimostrazione si è fermata. Al prossimo avvio riprende da dove era arrivata.
cli-demo-where = Dove si trova tutto:
cli-demo-inbox-delivered = {"  "}Che cosa vede chi ha ricevuto il messaggio: { $url }
cli-demo-inbox-uncertain = {"  "}Chi ha l'esito incerto (IO aveva preso il messaggio?): { $url }
cli-demo-browser = Che cosa provare nel browser, a { $url }, con le password scritte all'inizio:
cli-demo-browser-list = {"  "}operatore: Elenca mostra flussi nei cinque stati; un doppio clic o Invio ne apre uno.
cli-demo-browser-compose = {"  "}operatore: Nuovo flusso, con l'elenco { $path }.
cli-demo-browser-single = {"  "}operatore: Archivio notifiche, Nuovo: un messaggio a una sola persona; poi Esporta Excel.
cli-demo-browser-look = {"  "}consulta: vede i tre servizi e non può scrivere a nessuno.
cli-demo-browser-admin = {"  "}admin: Gestione servizi, Prova chiave.
cli-demo-next = Che cosa provare adesso:
cli-demo-next-elsewhere = Che cosa provare adesso, in un altro terminale:
cli-demo-try-list = tutti i flussi, in tutti gli stati
cli-demo-try-show = il flusso appena inviato
cli-demo-try-uncertain = le notifiche di cui non si conosce l'esito
cli-demo-try-export = l'archivio delle notifiche in un file Excel
cli-demo-try-resume = riprende il flusso in pausa: il motore della dimostrazione lo invia
cli-demo-stays-up = Le pagine, il simulatore e il motore restano accesi. Per fermare tutto: Ctrl-C.

cli-backup-done = La copia del database è in { $path } ({ $size } MB).
cli-backup-with-key = La chiave con cui sono cifrate le chiavi dei servizi è in { $path }. Chi ha i due file può inviare a nome dell'ente: custodiscili in luoghi diversi.
cli-backup-without-key = La copia non contiene il file della chiave ({ $path }): senza di esso le chiavi dei servizi vanno inserite di nuovo. Conservane una copia altrove.
cli-backup-is-there = Il file { $path } c'è già: scegli un altro nome.
cli-backup-postgres = La copia di un database PostgreSQL si fa con gli strumenti di PostgreSQL.
cli-backup-postgres-remedy = pg_dump --format=custom --file=staffetta.dump, e a parte il file della chiave { $path }. Vedi docs/reference/backup.md.
cli-restore-in-use = Il database è in uso: ferma staffetta serve, staffetta work e ogni altro comando, poi riprova.
cli-restore-damaged = La copia è danneggiata. Niente è cambiato: prova con un'altra.
cli-restore-key-differs = Il file della chiave { $path } c'è già, ed è un altro: togli --key, oppure indica con STAFFETTA_KEY_FILE un file che non c'è.
cli-restore-confirm = Il database { $path } sarà sostituito dalla copia; quello di adesso resta da parte. Per proseguire scrivi: ripristina
cli-restore-word = ripristina
cli-restore-needs-yes = Qui non si può chiedere conferma a nessuno: per rimettere la copia aggiungi --yes.
cli-restore-not-confirmed = La parola non corrisponde: niente è cambiato.
cli-restore-done = La copia è al suo posto: { $path }.
cli-restore-kept = Il database di prima è in { $path }.
cli-restore-held = Dove qualcosa aspettava di partire gli invii sono fermi, finché una persona non decide: staffetta organization show, poi staffetta organization resume.
