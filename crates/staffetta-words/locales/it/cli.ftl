# Testi della riga di comando.

cli-done = Fatto.
