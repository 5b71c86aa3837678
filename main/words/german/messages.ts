/**
 * Errors and other sentences that are written where they arise and carry no code: German by English, with the parts
 * that vary in braces. The first that fits is taken, so the more exact ones stand above those that fit more.
 */
export const germanMessages: Readonly<Record<string, string>> = {
  'The built-in engine': 'Die eingebaute Engine',
  'the built-in engine': 'die eingebaute Engine',
  'the model': 'das Modell',
  finished: 'abgeschlossen',
  stopped: 'beendet',
  failed: 'gescheitert',
  running: 'im Gange',
  paused: 'angehalten',
  interrupted: 'unterbrochen',

  'The built-in engine did not start in time.': 'Die eingebaute Engine ist nicht rechtzeitig gestartet.',
  'The built-in engine ended while it was starting.': 'Die eingebaute Engine endete beim Starten.',
  'The built-in engine ended unexpectedly.': 'Die eingebaute Engine endete unerwartet.',
  'Try again; if it happens every time, reinstall Attune.':
    'Versuch es noch einmal; wenn es jedes Mal passiert, installiere Attune neu.',
  'Try again.': 'Versuch es noch einmal.',
  '{path} cannot be read.': '{path} lässt sich nicht lesen.',
  '{path} holds no language model.': '{path} enthält kein Sprachmodell.',
  '{path} is not a GGUF model that can be read.': '{path} ist kein lesbares GGUF-Modell.',
  'Choose another file; models for llama.cpp and Ollama end in .gguf.':
    'Wähle eine andere Datei; Modelle für llama.cpp und Ollama enden auf .gguf.',
  'The practice model could not be written: {reason}': 'Das Übungsmodell ließ sich nicht schreiben: {reason}',
  'Free about 100 MB of disk space and try again.':
    'Schaff etwa 100 MB Platz auf dem Datenträger und versuch es noch einmal.',
  'The folder {folder} cannot be written.': 'In den Ordner {folder} lässt sich nicht schreiben.',
  'Check that the disk is not full and that the folder belongs to you.':
    'Prüf, ob der Datenträger voll ist und ob der Ordner dir gehört.',
  'The built-in engine has no llama.cpp that runs on this computer.':
    'Die eingebaute Engine hat kein llama.cpp, das auf diesem Computer läuft.',
  'Install Ollama and let Attune use it instead.': 'Installiere Ollama und lass Attune damit arbeiten.',
  'A second Ollama could not be started: {reason}.': 'Ein zweites Ollama ließ sich nicht starten: {reason}.',
  'Run the study without a second Ollama.': 'Führ die Studie ohne ein zweites Ollama durch.',
  'Your Ollama is version {version}, but the one that Attune can start is {other}.':
    'Dein Ollama hat die Version {version}, aber das, das Attune starten kann, {other}.',
  'A second Ollama cannot read all of your models: they may belong to another user of this computer.':
    'Ein zweites Ollama kann nicht alle deine Modelle lesen: Vielleicht gehören sie einem anderen Benutzer dieses Computers.',
  'A second Ollama can only be started beside one that runs on this computer.':
    'Ein zweites Ollama lässt sich nur neben einem starten, das auf diesem Computer läuft.',
  "Ollama's program was not found on this computer, so no second one can be started.":
    'Das Programm von Ollama wurde auf diesem Computer nicht gefunden, deshalb lässt sich kein zweites starten.',
  'These settings belong to the whole Ollama server, so there is nothing that a saved model could hold.':
    'Diese Einstellungen gehören zum ganzen Ollama-Server, deshalb gibt es nichts, was ein gespeichertes Modell enthalten könnte.',
  'Set them in its environment, as the result says.': 'Setz sie in seiner Umgebung, wie es beim Ergebnis steht.',
  'Only an installed Attune carries the licences of its parts in a folder.':
    'Nur ein installiertes Attune hat die Lizenzen seiner Teile in einem Ordner.',
  'See the folder node_modules for those of its sources.': 'Im Ordner node_modules stehen die seiner Quellen.',
  'Open the file again.': 'Öffne die Datei noch einmal.',
  'The measurement was cancelled.': 'Die Messung wurde abgebrochen.',
  'Go on with the study to measure again.': 'Setz die Studie fort, um noch einmal zu messen.',
  'The file does not say how this model is built, so nothing can be computed for it.':
    'Die Datei sagt nicht, wie dieses Modell gebaut ist, deshalb lässt sich nichts berechnen.',
  'Choose a model in GGUF format, or update Ollama and try again.':
    'Wähle ein Modell im GGUF-Format oder aktualisiere Ollama und versuch es noch einmal.',
  '{name} is still in memory {seconds} s after it should have been unloaded.':
    '{name} ist {seconds} s, nachdem es entladen sein sollte, noch im Speicher.',
  'Close other programs that use it, or restart {daemon}.':
    'Schließ andere Programme, die es nutzen, oder starte {daemon} neu.',
  'The answer ended without its figures, as it does when a model keeps repeating itself.':
    'Die Antwort endete ohne ihre Zahlen, wie wenn ein Modell sich ständig wiederholt.',
  'Try again with another prompt.': 'Versuch es mit einer anderen Eingabe.',

  'The request was cancelled.': 'Die Anfrage wurde abgebrochen.',
  'Start it again when you want to.': 'Starte sie neu, wenn du möchtest.',
  '{daemon} did not answer {route} in time: {detail}.': '{daemon} antwortete nicht rechtzeitig auf {route}: {detail}.',
  'Restart {theDaemon}, then try again.': 'Starte {theDaemon} neu und versuch es noch einmal.',
  '{daemon} does not answer at {url}.': '{daemon} antwortet unter {url} nicht.',
  'Start {theDaemon} and try again.': 'Starte {theDaemon} und versuch es noch einmal.',
  '{daemon} broke off the connection during {route}.': '{daemon} brach die Verbindung während {route} ab.',
  'Check that {theDaemon} is still running, then try again.':
    'Prüf, ob {theDaemon} noch läuft, und versuch es noch einmal.',
  '{daemon} has too many requests waiting.': '{daemon} hat zu viele wartende Anfragen.',
  'Let other programs finish, then try again.': 'Lass andere Programme fertig werden und versuch es noch einmal.',
  '{daemon} at {url} refuses requests from Attune.': '{daemon} unter {url} lehnt Anfragen von Attune ab.',
  'Use an address that it allows: on this computer that is http://127.0.0.1:11434.':
    'Nimm eine Adresse, die es erlaubt: Auf diesem Computer ist das http://127.0.0.1:11434.',
  'A sign-in stands before Ollama at {url}, and Attune has no password for it.':
    'Vor Ollama unter {url} steht eine Anmeldung, und Attune hat kein Passwort dafür.',
  'A web page answers at {url} instead of Ollama, perhaps to sign in there.':
    'Unter {url} antwortet statt Ollama eine Webseite, vielleicht eine zum Anmelden.',
  'Give Attune the address of Ollama itself: on the computer that it runs on, http://127.0.0.1:11434.':
    'Gib Attune die Adresse von Ollama selbst: auf dem Computer, auf dem es läuft, http://127.0.0.1:11434.',
  'The disk on which {theDaemon} keeps its models is full.':
    'Der Datenträger, auf dem {theDaemon} seine Modelle hat, ist voll.',
  'Make room on it, then try again.': 'Schaff Platz darauf und versuch es noch einmal.',
  'This Ollama is too old: it does not tell with how much context it loads a model, uses no flash attention by itself and does not choose how many tokens it reads at once.':
    'Dieses Ollama ist zu alt: Es sagt nicht, mit wie viel Kontext es ein Modell lädt, nimmt Flash Attention nicht von selbst und wählt nicht, wie viele Tokens es auf einmal liest.',
  'Update it to version 0.10 or newer; until then studies run, but less can be checked.':
    'Aktualisiere es auf Version 0.10 oder neuer; bis dahin laufen Studien, aber weniger lässt sich prüfen.',
  '{daemon} gave an answer to {route} that was not understood ({detail}).':
    '{daemon} gab auf {route} eine Antwort, die nicht zu verstehen war ({detail}).',
  'Check that the address belongs to Ollama, and update Ollama if it is old.':
    'Prüf, ob die Adresse zu Ollama gehört, und aktualisiere Ollama, wenn es alt ist.',
  '{daemon} reported an error: {detail}.': '{daemon} meldete einen Fehler: {detail}.',
  'Try again; if it stays, the log of {theDaemon} says more.':
    'Versuch es noch einmal; wenn es bleibt, steht mehr im Protokoll ({theDaemon}).',
  '{daemon} has no model called {model}.': '{daemon} hat kein Modell namens {model}.',
  'Choose a model from the list.': 'Wähle ein Modell aus der Liste.',
  '{daemon} cannot do this with {model}: {detail}.': '{daemon} kann das mit {model} nicht: {detail}.',
  'Choose another model.': 'Wähle ein anderes Modell.',
  'There is not enough memory to run {model} with these settings.':
    'Der Speicher reicht nicht, um {model} mit diesen Einstellungen auszuführen.',
  'Close other programs, or choose a shorter context or a smaller model.':
    'Schließ andere Programme oder wähle einen kürzeren Kontext oder ein kleineres Modell.',
  'The process that runs {model} ended unexpectedly: {detail}.':
    'Der Prozess, der {model} ausführt, endete unerwartet: {detail}.',
  'Try again: it is started anew with the next request.':
    'Versuch es noch einmal: Mit der nächsten Anfrage startet er neu.',
  'Ollama is installed but does not run.': 'Ollama ist installiert, läuft aber nicht.',
  'Start it.': 'Starte es.',
  'Ollama was not found on this computer.': 'Ollama wurde auf diesem Computer nicht gefunden.',
  "Install it from ollama.com, or use Attune's built-in engine.":
    'Installiere es von ollama.com oder nimm die eingebaute Engine von Attune.',
  'Ollama was started but does not answer after {seconds} s.':
    'Ollama wurde gestartet, antwortet aber nach {seconds} s noch nicht.',
  'Wait a little and try again.': 'Warte ein wenig und versuch es noch einmal.',
  'Ollama is a system service here, and starting it needs administrator rights.':
    'Ollama ist hier ein Systemdienst, und ihn zu starten braucht Administratorrechte.',
  'Enter "sudo systemctl start ollama" in a terminal, then try again.':
    'Gib in einem Terminal „sudo systemctl start ollama“ ein und versuch es noch einmal.',
  'Ollama could not be started: {detail}.': 'Ollama ließ sich nicht starten: {detail}.',
  'Start Ollama yourself, then try again.': 'Starte Ollama selbst und versuch es noch einmal.',
  'it cannot be found any more': 'es ist nicht mehr zu finden',
  'it ended at once with code {code}': 'es endete sofort mit Code {code}',

  'A comment of a Modelfile has one line.': 'Ein Kommentar in einem Modelfile hat eine Zeile.',
  'A Modelfile cannot hold three quotes at the end of a line in a text.':
    'Ein Modelfile kann in einem Text keine drei Anführungszeichen am Zeilenende enthalten.',
  '"{name}" is not the name of a parameter.': '„{name}“ ist kein Name eines Parameters.',
  '{value} is not a value for a parameter.': '{value} ist kein Wert für einen Parameter.',
  'Change the value and try again.': 'Ändere den Wert und versuch es noch einmal.',
  'Line {number} of the Modelfile cannot be read: {why}.': 'Zeile {number} des Modelfiles ist nicht lesbar: {why}.',
  'the quotes are never closed': 'die Anführungszeichen werden nie geschlossen',
  '"{line}" is no instruction': '„{line}“ ist keine Anweisung',
  'Correct the line and try again.': 'Berichtige die Zeile und versuch es noch einmal.',
  'A model cannot be called "{name}".': 'Ein Modell kann nicht „{name}“ heißen.',
  'Use letters, digits, dots, dashes and underscores, and begin with a letter or digit.':
    'Nimm Buchstaben, Ziffern, Punkte und Striche und beginne mit einem Buchstaben oder einer Ziffer.',
  'There is already a model called "{name}".': 'Ein Modell namens „{name}“ gibt es schon.',
  'Choose another name: Attune never overwrites a model.':
    'Wähle einen anderen Namen: Attune überschreibt nie ein Modell.',

  'There is no request called {route}.': 'Eine Anfrage {route} gibt es nicht.',
  'Reload the window: it may be older than the program behind it.':
    'Lade das Fenster neu: Vielleicht ist es älter als das Programm dahinter.',
  'The request {route} was not understood: {problem}.': 'Die Anfrage {route} war nicht zu verstehen: {problem}.',
  'Check the value and try again.': 'Prüf den Wert und versuch es noch einmal.',
  'Something went wrong inside Attune.': 'In Attune ist etwas schiefgegangen.',
  'Try again. If it stays, the log in the data folder says more.':
    'Versuch es noch einmal. Wenn es bleibt, steht mehr im Protokoll im Datenordner.',
  'Start the study again. If it stays, the log in the data folder says more.':
    'Starte die Studie neu. Wenn es bleibt, steht mehr im Protokoll im Datenordner.',
  'A request came from a page that is not Attune.': 'Eine Anfrage kam von einer Seite, die nicht zu Attune gehört.',
  'Restart Attune.': 'Starte Attune neu.',
  'No port on this computer could be opened for the window.':
    'Auf diesem Computer ließ sich kein Port für das Fenster öffnen.',
  'Close other programs or allow Attune to open local ports, then start it again.':
    'Schließ andere Programme oder erlaube Attune, lokale Ports zu öffnen, und starte es neu.',

  '{file} could not be saved ({code}).': '{file} ließ sich nicht speichern ({code}).',
  '{file} could not be saved.': '{file} ließ sich nicht speichern.',
  'The disk is full: free some space on the drive that holds {folder}, then try again.':
    'Der Datenträger ist voll: Schaff Platz auf dem Laufwerk mit {folder} und versuch es noch einmal.',
  'Allow your user to write to {folder}, or choose another folder by setting ATTUNE_HOME.':
    'Erlaube deinem Benutzer, in {folder} zu schreiben, oder wähle mit ATTUNE_HOME einen anderen Ordner.',
  'Check that {folder} is a folder on a working drive, or choose another one by setting ATTUNE_HOME.':
    'Prüf, ob {folder} ein Ordner auf einem heilen Laufwerk ist, oder wähle mit ATTUNE_HOME einen anderen.',
  '{file} could not be read.': '{file} ließ sich nicht lesen.',
  'Allow your user to read {file}, or move it away.':
    'Erlaube deinem Benutzer, {file} zu lesen, oder schieb die Datei beiseite.',
  '{file} could not be copied before its conversion to the new version.':
    '{file} ließ sich vor dem Umwandeln in die neue Version nicht kopieren.',
  'Free some disk space or check the permissions of its folder, then try again.':
    'Schaff Platz oder prüf die Rechte des Ordners und versuch es noch einmal.',
  '{file} was written by a newer version of Attune and is left as it is.':
    '{file} stammt von einer neueren Version von Attune und bleibt, wie es ist.',
  'Install the newest version of Attune.': 'Installiere die neueste Version von Attune.',
  'Another study is already running on this model server.': 'Auf diesem Modellserver läuft schon eine andere Studie.',
  'Wait until it is finished, or stop it there.': 'Warte, bis sie fertig ist, oder beende sie dort.',
  'There is no study {id}.': 'Eine Studie {id} gibt es nicht.',
  'Choose one from the library.': 'Wähle eine aus der Bibliothek.',
  'This study was written by a newer version of Attune.': 'Diese Studie stammt von einer neueren Version von Attune.',
  'Install the newest version of Attune to open it.': 'Installiere die neueste Version von Attune, um sie zu öffnen.',
  'This study has not measured your present settings yet, so there is nothing to compare with.':
    'Diese Studie hat deine jetzigen Einstellungen noch nicht gemessen, also gibt es nichts zum Vergleichen.',
  'This study has not measured your present settings yet, so there is nothing to judge.':
    'Diese Studie hat deine jetzigen Einstellungen noch nicht gemessen, also gibt es nichts zu beurteilen.',
  'Wait for its first trials.': 'Warte auf ihre ersten Versuche.',
  '{name} does not write text, so there is nothing to tune.':
    '{name} schreibt keinen Text, also gibt es nichts abzustimmen.',
  'Choose a model for chatting or writing.': 'Wähle ein Modell zum Chatten oder Schreiben.',
  'There is no model called {name} ({why}).': 'Ein Modell namens {name} gibt es nicht ({why}).',
  'There is no model called {name}.': 'Ein Modell namens {name} gibt es nicht.',
  'Choose one from the list of models.': 'Wähle eines aus der Liste der Modelle.',
  'The model does not fit in memory with its present settings.':
    'Das Modell passt mit seinen jetzigen Einstellungen nicht in den Speicher.',
  'Choose a shorter context length or a smaller model, or close other programs.':
    'Wähle einen kürzeren Kontext oder ein kleineres Modell oder schließ andere Programme.',
  'The present settings are too slow to be measured: {why}':
    'Die jetzigen Einstellungen sind zu langsam zum Messen: {why}',
  'Choose a smaller model.': 'Wähle ein kleineres Modell.',
  'The computer is too busy to measure anything: {why}': 'Der Computer ist zu beschäftigt, um etwas zu messen: {why}',
  'Close other programs, then start the study again.': 'Schließ andere Programme und starte die Studie neu.',
  'The model server fails again and again: {why}': 'Der Modellserver scheitert immer wieder: {why}',
  'Check that the model answers a simple question, then start the study again.':
    'Prüf, ob das Modell eine einfache Frage beantwortet, und starte die Studie neu.',
  'The time for this study was used up before your present settings could be measured.':
    'Die Zeit dieser Studie war aufgebraucht, bevor deine jetzigen Einstellungen gemessen waren.',
  'Start a study with more time.': 'Starte eine Studie mit mehr Zeit.',
  'This study did not measure these settings, so it cannot promise anything for them.':
    'Diese Studie hat diese Einstellungen nicht gemessen, also kann sie nichts dafür versprechen.',
  'Choose one of the measured settings in the result.': 'Wähle im Ergebnis eine der gemessenen Einstellungen.',
  '{name} has changed since this study, so what was measured may not hold any more.':
    '{name} hat sich seit dieser Studie geändert, also gilt das Gemessene vielleicht nicht mehr.',
  'Run a new study.': 'Lass eine neue Studie laufen.',
  'This study has no result yet that could be saved.': 'Diese Studie hat noch kein Ergebnis, das sich speichern ließe.',
  'Wait until it is finished, or stop it to keep what was found.':
    'Warte, bis sie fertig ist, oder beende sie, um das Gefundene zu behalten.',
  '{tag} was changed after Attune had made it, so Attune leaves it alone.':
    '{tag} wurde geändert, nachdem Attune es angelegt hatte, deshalb lässt Attune es in Ruhe.',
  'Remove it yourself if you do not need it: ollama rm {tag}':
    'Entferne es selbst, wenn du es nicht brauchst: ollama rm {tag}',
  '{name} was removed before.': '{name} wurde schon entfernt.',
  'There is nothing left to undo.': 'Es gibt nichts mehr rückgängig zu machen.',
  'This study did not register a model called {name}.': 'Diese Studie hat kein Modell namens {name} gespeichert.',
  'Choose one of the models that it registered.': 'Wähle eines der Modelle, die sie gespeichert hat.',
  'A study or a measurement is running.': 'Gerade läuft eine Studie oder eine Messung.',
  'Wait until it is finished, or stop it first.': 'Warte, bis sie fertig ist, oder beende sie erst.',
  'This study is not running.': 'Diese Studie läuft nicht.',
  'Look at its result, or start a new one.': 'Sieh dir ihr Ergebnis an oder starte eine neue.',
  'This study is {state} and cannot go on.': 'Diese Studie ist {state} und kann nicht weitergehen.',
  'Start a new one.': 'Starte eine neue.',
  '{name} has changed since this study began, so its measurements do not belong together.':
    '{name} hat sich geändert, seit diese Studie begann, also gehören ihre Messungen nicht zusammen.',
  'Start a new study.': 'Starte eine neue Studie.',

  'The weights or limits were not understood.': 'Die Gewichte oder Grenzen waren nicht zu verstehen.',
  'Write them like "--weight turnSeconds=2 memoryMiB=1 --limit ttftSeconds=0.5"; "--help" lists the names.':
    'Schreib sie wie "--weight turnSeconds=2 memoryMiB=1 --limit ttftSeconds=0.5"; "--help" nennt die Namen.',
  'List what there is with "npm run attune -- models".': 'Was es gibt, zeigt "npm run attune -- models".',
  '{count} studies begin with {id}: {ids}.': '{count} Studien beginnen mit {id}: {ids}.',
  'List them with "npm run attune -- studies".': 'Welche es gibt, zeigt "npm run attune -- studies".',
  'Study {id} did not prove a better setting, so there is nothing to save.':
    'Die Studie {id} hat keine besseren Einstellungen bewiesen, also gibt es nichts zu speichern.',
  'Keep your present setup, or run a longer study with "--budget thorough".':
    'Behalte deine Einstellungen oder lass mit "--budget thorough" eine längere Studie laufen.',
  'The report could not be written to {path}: {why}.': 'Der Bericht ließ sich nicht nach {path} schreiben: {why}.',
  'Choose a file that is not there yet, in a folder that you may write to.':
    'Wähle eine Datei, die es noch nicht gibt, in einem Ordner, in den du schreiben darfst.',
  'All that study {id} found belongs to the whole Ollama server, so there is nothing that a model could hold.':
    'Alles, was die Studie {id} gefunden hat, gehört zum ganzen Ollama-Server, also gibt es nichts, was ein Modell enthalten könnte.',
  'See what to set for it with "npm run attune -- show {id}".':
    'Was dafür zu setzen ist, zeigt "npm run attune -- show {id}".',
  'Study {id} has no registered tag called {name} to undo.':
    'Die Studie {id} hat kein gespeichertes Modell namens {name}, das sich entfernen ließe.',
  'Study {id} has no registered tag to undo.':
    'Die Studie {id} hat kein gespeichertes Modell, das sich entfernen ließe.',
  'See what it has with "npm run attune -- show {id}".': 'Was sie hat, zeigt "npm run attune -- show {id}".',
}
