import { writeLegalFiles } from './legal.ts'

await writeLegalFiles(process.cwd())
