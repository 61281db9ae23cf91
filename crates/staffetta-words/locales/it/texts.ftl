# Avvisi che non fermano nulla.

warning-rule-hides-text = Nel contenuto c’è “---”: la copia che IO manda per e-mail mostrerà solo ciò che sta dopo l’ultimo. Per una linea di separazione usa ***.

warning-due-date-past = La scadenza { $date } è già passata: controlla che sia quella giusta.

row-repaired = Il codice fiscale è stato letto come { $code }.
repeat-same = La stessa persona con lo stesso contenuto è già alla riga { $line }: riceverà un solo messaggio.
repeat-different = La stessa persona è già alla riga { $line } con un contenuto diverso: riceverà entrambi i messaggi.
