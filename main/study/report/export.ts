import type { StudyExport } from '../../../preload/contract/routes.ts'
import type { Study } from '../../../preload/contract/study.ts'
import { englishPage } from '../../words/page.ts'
import { tuneDocument } from '../document.ts'
import { reportPage } from './page/page.ts'

/** A study as a file to keep or pass on: a page for people or the document that programs read. */
export function exportStudy(study: Study, format: 'html' | 'json', version: string): StudyExport {
  const fileName = `attune-${fileNamePart(study.model.ref.name)}-${study.createdAt.slice(0, 10)}.${format}`
  if (format === 'html') return { fileName, content: reportPage(study, englishPage, version) }
  return { fileName, content: `${JSON.stringify(tuneDocument(study), null, 2)}\n` }
}

/** A model's name as part of a file's: `:` and `/` mean something to file systems. */
function fileNamePart(name: string): string {
  return name.replaceAll(/[^\w.-]+/g, '-').slice(0, 80)
}
