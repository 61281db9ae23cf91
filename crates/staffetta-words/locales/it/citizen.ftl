# Cosa ha ricevuto una persona, e chi l'ha cercata.

citizen-title = Cosa ha ricevuto
citizen-lead = Scrivi il codice fiscale della persona che hai davanti: vedi tutto ciò che le è stato scritto con i servizi che puoi vedere, e com’è andata.
citizen-recorded = Ogni ricerca resta scritta nel registro delle consultazioni, con il tuo nome.
citizen-look = Cerca
citizen-none = Con i servizi che puoi vedere non è stato scritto niente a questa persona.
citizen-caption = Notifiche a questa persona, dalla più recente. Un doppio clic o Invio su una riga apre la notifica.

lookups-title = Registro delle consultazioni
lookups-lead = Chi ha cercato una persona per codice fiscale, e quando: in Cosa ha ricevuto, nell’Archivio notifiche, in Gestione flussi.
lookups-of = Chi ha cercato il codice fiscale
lookups-all = Torna a tutte le consultazioni
lookups-none = Nessuno ha ancora cercato una persona.
lookups-none-of = Nessuno ha cercato questa persona.
lookups-caption = Consultazioni, dalla più recente
lookups-caption-of = Consultazioni di questa persona, dalla più recente
lookups-only-last = (solo le ultime)
