# Che cosa può aver dimenticato un database tornato indietro.

went-back-flow = Il { $at } il database è risultato più vecchio degli invii già fatti, come succede quando si rimette una copia di sicurezza. Questo flusso c’era già: può essere partito senza che qui risulti, e chi ha ricevuto il messaggio lo riceverebbe due volte. Chiedi a chi ha lavorato in quelle ore, controlla le ricevute e i registri, o chiedi a qualche destinatario.
went-back-resend = Il { $at } il database è risultato più vecchio degli invii già fatti, come succede quando si rimette una copia di sicurezza. Il flusso c’era già: chi qui risulta non riuscito può essere stato reinviato senza che qui risulti, e riceverebbe il messaggio due volte. Chiedi a chi ha lavorato in quelle ore, controlla le ricevute e i registri.
went-back-single = Il { $at } il database è risultato più vecchio degli invii già fatti, come succede quando si rimette una copia di sicurezza. La notifica c’era già: può essere stata corretta e inviata senza che qui risulti. Prima di aggiungerne un’altra chiedi a chi ha lavorato in quelle ore.
went-back-all-the-same = Ho controllato, e voglio inviare
went-back-not-confirmed = Per andare avanti conferma di aver controllato. Non è stato inviato niente.

flow-held-not-now = Gli invii dell’ente sono fermi, e ciò che qui risulta da inviare può essere già partito: per ora non si può interrompere l’invio, riportare il flusso a Inattivo, eliminarlo, dividerlo o prepararne un’errata corrige. Prima chi amministra Staffetta decide come riprendere, da Impostazioni dell’ente.

cli-may-have-been-sent = Il { $at } il database è risultato più vecchio degli invii già fatti, e il flusso { $flow } c'era già: può essere partito, o reinviato, senza che qui risulti. Non è stato inviato niente.
cli-may-have-been-sent-remedy = Controlla con chi ha lavorato in quelle ore, con le ricevute e i registri. Per inviare comunque aggiungi --even-if-sent.
cli-flow-held = Gli invii dell'ente sono fermi, e ciò che risulta da inviare nel flusso { $flow } può essere già partito: per ora non si può interrompere, riportare a Inattivo o eliminare.
cli-flow-held-remedy = Prima decidi come riprendere: staffetta organization show dice perché è fermo, staffetta organization resume fa riprendere.
