# I modelli: testi da cui comincia un flusso, dell'ente e condivisi.

export-sheet-example = Esempio

models-title = Modelli
models-lead = Testi pronti da cui cominciare un flusso, ciascuno con il suo foglio di esempio. Scegline uno, guardalo, usalo: nel flusso potrai cambiare ogni parola.
models-own = Modelli dell'ente
models-own-none = Non c'è ancora nessun modello dell'ente. Apri un flusso che vorrai riusare e scegli “Salva come modello”.
models-own-caption = Salvati da chi lavora nell'ente, in ordine di nome
models-shared = Modelli condivisi
models-shared-lead = Scritti da noi in italiano semplice, uguali per tutti gli enti. Rileggili prima di usarli: il nome dell'ufficio, gli orari e le regole sono quelli del tuo ente.
model-name = Nome
model-made = Salvato
model-made-by = da
model-text = Il testo
model-text-help = Al posto dei segnaposto tra parentesi graffe ogni persona legge i propri dati.
model-columns = Le colonne del file
model-columns-help = Il file dei destinatari deve avere queste colonne, con questi nomi nella prima riga. Maiuscole, accenti e spazi non contano.
model-column = Colonna
model-column-about = Che cosa contiene
model-column-example = Esempio
model-expires = Gli avvisi non si possono pagare dopo la scadenza.
model-example = Scarica il foglio di esempio
model-example-help = Un file Excel con queste colonne e tre righe di persone che non esistono: cancellale e scrivi le tue.
model-use = Usa questo modello
model-rename = Cambia nome
model-new-name = Nuovo nome
model-rename-do = Salva il nome
model-delete = Elimina
model-delete-title = Elimina il modello
model-delete-what = Il modello non sarà più nell'elenco per nessuno dell'ente.
model-delete-then = I flussi che sono cominciati da qui non cambiano. Un modello eliminato non si può riprendere.
model-back = Torna al modello
model-saved = Il modello è salvato: chi prepara flussi nel tuo ente lo trova qui. Non contiene nessun dato dei destinatari.
model-renamed = Il nome è cambiato.
model-deleted = Il modello è eliminato.

# Dalla pagina di un flusso.
model-save = Salva come modello
model-save-help = Restano natura, testo e colonne del file; i destinatari no.
model-save-name = Nome del modello
model-save-do = Salva

model-not-theirs = Non puoi farlo: il flusso o il modello non c'è più, oppure non è tra quelli che puoi cambiare. Un modello lo cambia chi l'ha salvato o chi amministra.
model-bad-name = Il nome non può essere vuoto né più lungo di { $max } caratteri.
model-name-taken = C'è già un modello con questo nome. Scrivine un altro, oppure elimina prima quello.
model-no-text = Il flusso non ha ancora un testo. Scrivi il contenuto, poi salvalo come modello.

# In Nuovo flusso.
compose-model = Parti da un modello
compose-model-none = Nessuno: scrivo io il testo
compose-model-own = Modelli dell'ente
compose-model-shared = Modelli condivisi
compose-model-help = Il testo resta tuo: nella pagina dopo puoi cambiarlo.
compose-model-see = Mostra il testo
compose-model-gone = Questo modello non c'è più. Scegline un altro.

# Prima che ci sia un file.
compose-needed = Il file deve avere, nella prima riga, queste colonne:
compose-needed-example = Scarica un foglio di esempio con queste colonne

# Nella storia dell'ente.
settings-event-model-saved = Modello salvato: { $name }
settings-event-model-renamed = Modello rinominato: { $name }
settings-event-model-deleted = Modello eliminato: { $name }

# Dalla riga di comando.
cli-model-saved = Modello { $id } salvato: { $name }
cli-no-model = Il modello “{ $name }” non c'è.
cli-no-model-remedy = Guarda quali ci sono con: staffetta model list
cli-model-shared = condiviso
cli-model-own = dell'ente
cli-column-model = Modello
cli-column-whose = Di chi
cli-model-column-line = - { $name }: { $about }
cli-model-columns = Colonne del file:
