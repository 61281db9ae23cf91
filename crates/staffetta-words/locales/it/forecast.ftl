# Verifica raggiungibilità.

forecast-title = Raggiungibilità del flusso
forecast-place = Raggiungibilità
forecast-lead = Si chiede a IO, senza inviare niente, quanti destinatari usano IO e ricevono i messaggi di questo servizio.
forecast-now = Andamento della verifica
forecast-about = Verifica chiesta il { $at } da { $by }. L’invio se ne serve fino al { $until }, poi chiede di nuovo.
forecast-progress = { $asked } di { $total }
forecast-goes-on = La verifica prosegue da sola, anche se lasci questa pagina; gli invii hanno la precedenza.
forecast-time = Tempo che serve:
forecast-stopped = La verifica si è fermata prima della fine: chi manca viene chiesto durante l’invio. Chiesti:
forecast-reachable = Raggiungibili
forecast-service-off = Usano IO, ma hanno disattivato questo servizio
forecast-not-on-io = Non usano IO
forecast-refused = IO non ha risposto per questi codici fiscali
forecast-none = Nessuno ha ancora chiesto la verifica per questo elenco.
forecast-ask = Verifica raggiungibilità
forecast-ask-again = Verifica di nuovo
forecast-go-on = Prosegui la verifica
forecast-stop = Ferma la verifica
forecast-unreached = Scarica l’elenco dei non raggiungibili
forecast-not-asked = La verifica si chiede prima dell’invio, quando l’elenco dei destinatari è pronto.
forecast-link = Verifica raggiungibilità
forecast-balance =
    { $count ->
        [one] { $reachable } raggiungibile
       *[other] { $reachable } raggiungibili
    } di { $total } (verifica del { $at })
forecast-balance-none = non verificata

event-flow-forecast-asked = Verifica della raggiungibilità chiesta

cli-forecast-asked = Flusso { $flow }: verifica chiesta.
cli-forecast-not-now = Flusso { $flow }: la verifica si chiede prima dell’invio, quando l’elenco dei destinatari è pronto.
cli-forecast-none = Flusso { $flow }: nessuno ha ancora chiesto la verifica.
cli-forecast-no-engine = La verifica è chiesta e aspetta: nessun motore è al lavoro. Avvia staffetta work, oppure staffetta serve.
cli-forecast-stopped = Flusso { $flow }: verifica fermata.
cli-forecast-nothing-to-stop = Flusso { $flow }: nessuna verifica in corso.
cli-forecast-shown = Raggiungibilità ({ $at }): chiesti { $asked } di { $total }; raggiungibili { $reachable }, servizio disattivato { $off }, non su IO { $absent }, senza risposta { $refused }.
