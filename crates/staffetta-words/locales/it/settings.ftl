# Impostazioni dell'ente, e che cosa fare quando i suoi invii sono fermi.

settings-title = Impostazioni dell’ente
settings-name-title = L’ente
settings-name = Nome
settings-name-help = Si vede in cima a ogni pagina. Il cittadino vede il nome che l’ente ha su IO.
settings-name-taken = C'è già un altro ente con il nome “{ $name }”.

settings-quota-title = Chiamate a IO
settings-quota-help = IO concede a ogni ente un certo numero di chiamate, di solito 150 ogni 5 secondi, per tutti i suoi servizi insieme. Staffetta non lo supera mai.
settings-calls = Chiamate
settings-seconds = Ogni (secondi)
settings-unlimited = IO non pone un limite
settings-quota-wrong = Scrivi le chiamate (da 1 a 100000) e i secondi (da 1 a 3600), oppure segna che non c’è un limite.
settings-left = Quota lasciata ad altri programmi (%)
settings-left-help = Se altri programmi dell’ente scrivono su IO con lo stesso contratto, lascia loro una parte delle chiamate: da 0 a 99.
settings-left-wrong = Scrivi un numero intero da 0 a 99.
settings-available = Il { $at } il motore ha trovato libere per Staffetta solo { $calls } chiamate ogni { $seconds } secondi: altri programmi dell’ente stanno usando il resto.

settings-hours-title = Orari di invio
settings-hours-help = Fuori da questi orari i flussi aspettano, e riprendono da soli. Le notifiche puntuali partono sempre subito.
settings-hours-any = A qualunque ora, tutti i giorni
settings-hours-some = Solo in questi orari e giorni
settings-hours-from = Dalle
settings-hours-until = Alle
settings-hours-until-help = 00:00 vuol dire fino a mezzanotte.
settings-hours-days = Nei giorni
settings-hours-no-day = Scegli almeno un giorno.
settings-hours-wrong = L’ora di inizio deve venire prima di quella di fine, per esempio dalle 08:00 alle 20:00.
day-lun = lunedì
day-mar = martedì
day-mer = mercoledì
day-gio = giovedì
day-ven = venerdì
day-sab = sabato
day-dom = domenica

settings-content-title = Testo dei messaggi
settings-content-min = Lunghezza minima del contenuto
settings-content-min-help = In caratteri, da 80 (il minimo di IO) a 120. Vale per i flussi e per le notifiche puntuali.
settings-content-min-wrong = Scrivi un numero intero da { $min } a { $max }.

settings-approval-title = Approvazione di una seconda persona
settings-approval-above = Oltre quanti destinatari
settings-approval-help = Un flusso con più destinatari di così si invia solo dopo che lo ha controllato e approvato una persona diversa da chi lo ha attivato. Lascia vuoto se non serve.
settings-approval-wrong = Scrivi un numero intero di destinatari, oppure lascia vuoto.

settings-repeat-title = Stesso messaggio alla stessa persona
settings-repeat-days = Giorni da guardare
settings-repeat-help = Quando prepari un flusso, Staffetta avvisa se qualcuno ha già ricevuto lo stesso identico messaggio negli ultimi giorni: da 1 a 365.
settings-repeat-days-wrong = Scrivi un numero intero di giorni, da 1 a 365.

settings-letter-title = Costo di una lettera
settings-letter-cost = Euro per lettera
settings-letter-help = Stampa, busta e spedizione di una lettera, per esempio 1,05. Serve a dire nella Relazione d’invio quanto si è risparmiato. Lascia vuoto se non vuoi dirlo.
settings-letter-wrong = Scrivi un importo in euro da 0,01 a 1.000,00, per esempio 1,05; oppure lascia vuoto.

settings-done-saved = Le impostazioni sono salvate.
settings-changed-meanwhile = Niente è stato salvato: nel frattempo qualcun altro ha cambiato le impostazioni. Qui sotto vedi quelle di adesso: se serve, ripeti la tua modifica.
settings-done-nothing = Non c'era niente da salvare.
settings-event-renamed = Nome: { $name }
settings-event-quota = Limite di chiamate: { $calls } ogni { $seconds } secondi
settings-event-no-quota = Limite di chiamate: nessuno
settings-event-left = Quota lasciata ad altri programmi: { $percent }%
settings-event-content-min = Lunghezza minima del contenuto: { $min } caratteri
settings-event-approval = Approvazione di una seconda persona: oltre { $above } destinatari
settings-event-no-approval = Approvazione di una seconda persona: mai
settings-event-repeat-days =
    Stesso messaggio: { $days ->
        [1] si guarda l’ultimo giorno
       *[other] si guardano gli ultimi { $days } giorni
    }
settings-event-letter = Costo di una lettera: { $cost }
settings-event-no-letter = Costo di una lettera: non indicato
settings-event-held = Invii fermati: il database è più vecchio degli invii già fatti
settings-event-silent = Invii fermati: per più di mezz’ora nessun programma se ne è occupato
settings-event-released = Invii ripresi: niente era partito nel frattempo
settings-event-released-in-doubt = Invii ripresi: ciò che aspettava è segnato Esito incerto

# --- Un ente i cui invii sono fermi ---

held-title = Invii fermi
held-band = Invii fermi
held-since = Fermi dal { $at }.
held-decide = Decidi come riprendere
held-tell = Niente è perso: ciò che è da inviare aspetta. Avvisa chi amministra Staffetta nel tuo ente.
flow-held = Gli invii dell’ente sono fermi: ciò che è da inviare aspetta finché chi amministra Staffetta non decide come riprendere.
held-danger = Ciò che qui risulta da inviare può essere già arrivato ai cittadini: inviandolo, qualcuno lo riceverebbe due volte. Per questo Staffetta non sceglie da sola e aspetta te. Intanto non parte niente, e niente è perso.
held-look = Che cosa guardare prima
held-waiting = Flussi in invio
held-ready = Flussi attivi
held-over = Flussi con invio incompleto
held-no-flows = Nessuno.
held-flows = Questi flussi sono in invio. Per capire se erano già partiti: chiedi a chi ha lavorato in quelle ore, controlla le ricevute e i registri, o chiedi a qualche destinatario.
held-ready-flows = Qui risultano pronti, ma possono essere già stati inviati. Restano fermi qualunque cosa scegli: prima di inviarli va controllato.
held-over-flows = Chi qui risulta non riuscito può essere già stato reinviato. Niente riparte da solo: prima di reinviare va controllato.
held-more = Ce ne sono altri, meno recenti: cercali in
held-drafts = Anche i flussi che qui risultano Inattivi possono essere già stati inviati: prima di attivarli chiedi a chi li stava preparando.
held-left = Da inviare
held-unsuccessful = Non riusciti
held-singles = Guarda anche le notifiche puntuali Da inviare, in
held-choose = Come riprendere
held-in-doubt-title = Può essere partito: segna come esito incerto
held-in-doubt-what = È la scelta prudente. Ciò che aspetta, nei flussi in invio e tra le notifiche puntuali, diventa Esito incerto e non parte. Poi decidi con calma, su ogni notifica o su un intero flusso, se reinviare o considerare inviato.
held-in-doubt-type = Per confermare, scrivi: incerto
held-in-doubt-word = incerto
held-in-doubt = Segna come esito incerto e riprendi
held-resume-title = Riprendi: nulla è partito nel frattempo
held-resume-what = Solo se ne sei certo. Ciò che aspetta parte subito. Se qualcosa era già partito, i cittadini lo ricevono due volte.
held-resume-type = Per confermare, scrivi: riprendi
held-resume-word = riprendi
held-resume = Riprendi gli invii
held-wrong-word = La parola non corrisponde: gli invii restano fermi. Per confermare scrivi: { $word }
held-anew = Mentre questa pagina era aperta gli invii sono ripresi e si sono fermati di nuovo, per un altro motivo: niente è cambiato. Guarda che cosa risulta adesso e decidi.
held-done-resumed = Gli invii dell’ente riprendono.
held-done-in-doubt =
    { $count ->
        [0] Gli invii dell’ente riprendono. Niente aspettava: nessuna notifica è diventata Esito incerto.
        [one] Gli invii dell’ente riprendono. Una notifica è diventata Esito incerto: decidi che cosa farne dalla sua pagina o da quella del flusso.
       *[other] Gli invii dell’ente riprendono. { $shown } notifiche sono diventate Esito incerto: decidi che cosa farne dalle loro pagine o da quelle dei flussi.
    }
held-done-not-held = Gli invii dell’ente non sono fermi: non c'è niente da far riprendere.

# --- Nodi ---

nodes-title = Nodi
nodes-lead = I programmi di Staffetta accesi su questo database. Ogni ente è affidato a uno solo alla volta; se si ferma, in pochi secondi un altro ne prende il posto.
nodes-worker = Gli invii di questo ente sono affidati a { $name } ({ $id }).
nodes-no-worker = In questo momento nessun nodo si occupa degli invii di questo ente.
nodes-none = Nessun nodo ha dato segno di sé nell’ultima ora.
nodes-caption = Nodi: prima quelli accesi
nodes-name = Nome
nodes-state = Stato
nodes-organizations = Enti affidati
nodes-started = Acceso dal
nodes-seen = Ultimo segno
nodes-version = Versione
nodes-works = Invia
nodes-pages = Solo pagine
nodes-unable = Non può inviare: non riesce a scrivere accanto al file della chiave (spazio, permessi)
nodes-stopping = Si sta fermando
nodes-gone = Non risponde
nodes-ours = si occupa di questo ente
nodes-refresh = Aggiorna
nodes-now = Nodi, come sono adesso
