import type { StudyExport } from '../../../preload/contract/routes.ts'
import type { Language } from '../../../preload/contract/settings.ts'
import type { Study } from '../../../preload/contract/study.ts'
import { germanPage } from '../../words/german/page.ts'
import { englishPage, type PageWords } from '../../words/page.ts'
import { translated } from '../../words/translated.ts'
import { tuneDocument } from '../document.ts'
import { reportPage } from './page/page.ts'

export interface ExportOptions {
  format: 'html' | 'json'
  language: Language
  /** Attune's. */
  version: string
}

const pageWords: Readonly<Record<Language, PageWords>> = { en: englishPage, de: germanPage }

/** A study as a file to keep or pass on: a page for people, or the document that programs read. */
export function exportStudy(study: Study, { format, language, version }: ExportOptions): StudyExport {
  const fileName = `attune-${fileNamePart(study.model.ref.name)}-${study.createdAt.slice(0, 10)}.${format}`
  if (format === 'json') return { fileName, content: `${JSON.stringify(tuneDocument(study), null, 2)}\n` }
  return { fileName, content: reportPage(translated(study, language), pageWords[language], version) }
}

/** A model's name as part of a file's: `:` and `/` mean something to file systems. */
function fileNamePart(name: string): string {
  return name.replaceAll(/[^\w.-]+/g, '-').slice(0, 80)
}
