import { createEngine } from '../../../main/engine/launcher.ts'

/** A program that owns an engine and does nothing else; its parent kills it. */
const engine = createEngine({ dataFolder: process.argv[2] ?? '' })
const url = await engine.start()
process.stdout.write(JSON.stringify({ url, pid: engine.pid }))
