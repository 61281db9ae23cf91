# Date di spedizione: un elenco che ne ha più d'una diventa più flussi, ciascuno con il suo inizio programmato.

expedition-day = { $day }
expedition-none = senza data

parting-title = Questo elenco ha { $count } date di spedizione
parting-what = Un flusso parte tutto insieme. Dividendolo, ogni data diventa un flusso con lo stesso testo, le stesse correzioni e gli stessi esclusi; attivandolo si programma l’invio per la sua data.
parting-table = Date di spedizione e destinatari di ciascuna
parting-day = Data di spedizione
parting-rows = Destinatari
parting-do = Dividi in { $count } flussi
parting-too-many = Questo elenco ha più di { $max } date di spedizione: sono troppe per dividerlo qui. Controlla la colonna; se è giusta, dividi il file.
parting-one = Data di spedizione: { $day }. Attivando il flusso si potrà programmare l’invio per quel giorno.
parting-description = { $description } – spedizione { $day }
parting-not-now = Il flusso non si può dividere: nel frattempo è cambiato, o il suo elenco non ha più date. Guarda di nuovo l’elenco.

parted-title = Il flusso è diviso in { $count }
parted-what = Ogni flusso ha i destinatari della sua data: controllali e attivali uno per uno. Insieme sono quelli di prima.
parted-place = Diviso per data
parted-flow = Flusso
parted-description = Descrizione
parted-to-list = Vai a Gestione flussi
event-flow-parted = Diviso per data di spedizione
event-parted-into = negli altri flussi { $flows }

activate-planned-what = Attivando, messaggio e destinatari si fermano così come li hai visti. L’invio programmato partirà da solo; fino ad allora si può riportare il flusso a Inattivo. Senza la spunta si invia dalla pagina del flusso.
activate-plan = Programma l’invio per il { $at }
activate-plan-help = È la data di spedizione del file, secondo gli orari di invio dell’ente. Si può cambiare dopo, dalla pagina del flusso.
activate-past-start = L’inizio previsto dal file ({ $day }) è già passato: l’invio non si programma, lo farò partire io
activate-past-start-help = Se la data è sbagliata, torna a comporre e correggi il file.
activate-starts = Attenzione: l’elenco ha { $count } date di spedizione, ma il flusso parte tutto insieme. Puoi tornare a comporre e dividerlo.
ready-past-start = L’inizio previsto dal file ({ $day }) è già passato. Se va bene lo stesso, confermalo e attiva; altrimenti correggi il file.

cli-starts = L'elenco ha { $count } date di spedizione:
cli-starts-remedy = Per farne un flusso per data, ciascuno da programmare, aggiungi --split-by-date.
cli-start-rows =
    { $count ->
        [one] { $day }: un destinatario
       *[other] { $day }: { $shown } destinatari
    }
cli-starts-too-many = L'elenco ha più di { $max } date di spedizione: sono troppe per dividerlo. Controlla la colonna; se è giusta, dividi il file.
cli-activate-past-start-confirm = L'inizio previsto dal file del flusso { $flow } ({ $day }) è già passato: l'invio non si programma. Per attivare lo stesso scrivi: attiva
cli-activate-past-start-needs-flag = L'inizio previsto dal file del flusso { $flow } ({ $day }) è già passato. Qui non si può chiedere conferma a nessuno: per attivare senza programmare l'invio aggiungi --accept-past-start.
cli-activate-starts = Attenzione: l'elenco del flusso { $flow } ha { $count } date di spedizione, ma il flusso parte tutto insieme. Per dividerlo riportalo a Inattivo e usa la pagina, oppure crea i flussi con flow create --split-by-date.
cli-activate-planned = L'invio del flusso { $flow } è programmato per il { $at }.
cli-activate-not-planned = L'elenco del flusso { $flow } ha come data di spedizione il { $at }, e l'invio non è programmato. Per programmarlo: staffetta flow send { $flow } --at "{ $at }"
