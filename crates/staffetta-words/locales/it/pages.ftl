# Ciò che sta intorno a ogni pagina, l'accesso, e le pagine che non si possono mostrare.

frame-skip = Collegamenti rapidi
frame-skip-main = Vai al contenuto principale
frame-tagline = Messaggi ai cittadini su App IO
frame-trial = PROVA: nessun cittadino riceve
frame-operator = Operatore:
frame-sign-out = Esci
frame-menu = Menu principale
frame-menu-toggle = Mostra o nascondi il menu
frame-menu-close = Nascondi il menu
frame-path = Amministrazione del sistema › App IO ›
frame-breadcrumb = Percorso
frame-breadcrumb-system = Amministrazione del sistema
frame-breadcrumb-io = App IO
frame-asleep = Il motore d'invio non è al lavoro: ciò che è da inviare aspetta. Avvisa chi gestisce Staffetta.
frame-legal = Un messaggio su IO non sostituisce la notificazione legale di un atto.
frame-any = Tutti
frame-any-feminine = Tutte
frame-more = Successivi
frame-first = Torna all'inizio
frame-shown = Righe mostrate: { $count }
frame-choose = Scegli
frame-close = Chiudi
lens-open = Cerca tra i servizi (lentina)
lens-title = Scegli il servizio
lens-search = Cerca nel nome
lens-none = Nessun servizio con queste parole.

sign-in-title = Accedi
sign-in-organization = Ente
sign-in-name = Nome utente
sign-in-password = Password
sign-in-do = Accedi
sign-in-wrong = Nome utente o password non sono giusti. Controlla e riprova.
sign-in-locked =
    Troppi tentativi con una password sbagliata. Riprova tra { $minutes ->
        [one] un minuto
       *[other] { $minutes } minuti
    }.

fault-title = La pagina non si può mostrare
fault-home = Torna alla prima pagina
web-not-found = Qui non c'è niente che tu possa vedere. Controlla l'indirizzo, oppure torna alla prima pagina.
web-forbidden = Non sei abilitato a farlo. Se ti serve, chiedilo a chi amministra Staffetta nel tuo ente.
web-signed-out = La tua sessione è finita. Accedi di nuovo: ciò che avevi salvato c'è ancora.
web-bad-request = La richiesta non è come la pagina la manda. Torna alla pagina e riprova.
web-fault = Qualcosa non ha funzionato. Riprova tra poco; se succede ancora, avvisa chi gestisce Staffetta.
