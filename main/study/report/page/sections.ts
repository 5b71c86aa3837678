import type { Statement } from '../../../../preload/contract/estimate.ts'
import type { MeasuredChoice, Report, Study } from '../../../../preload/contract/study.ts'
import type { PageWords } from '../../../words/page.ts'
import { isSameConfiguration } from '../../choices.ts'
import { configurationValues, settingValue } from '../settings-values.ts'
import { estimateText, pageMetrics, significant, unitOf, type PageMetric } from './figures.ts'
import { html, type Html } from './html.ts'

/** A titled part of the page. */
export function section(title: string, content: Html): Html {
  return html`<section>
    <h2>${title}</h2>
    ${content}
  </section>`
}

export function verdictPart({ verdict }: Report): Html {
  return html`<div class="verdict">
    <strong>${verdict.sentence.text}</strong>${verdict.reasons.map(({ text }) => html`<p>${text}</p>`)}
  </div>`
}

/** Every figure before and after with bars of one scale; before alone where nothing changes. */
export function figuresPart({ baseline, best, changes }: Report, words: PageWords): Html {
  const shown = changes.length > 0 ? [baseline, best] : [baseline]
  const headings = shown.length > 1 ? [words.before, words.after] : [words.measured]
  return html`<table>
    <thead>
      <tr>
        <th>${words.figure}</th>
        ${headings.map((text) => html`<th>${text}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${pageMetrics.map((metric) => figureRow(metric, shown, words))}
    </tbody>
  </table>`
}

function figureRow(metric: PageMetric, shown: readonly MeasuredChoice[], words: PageWords): Html {
  const most = Math.max(...shown.map((choice) => metric.of(choice).mean))
  return html`<tr>
    <th scope="row">${words.figures[metric.name]}</th>
    ${shown.map((choice, i) => {
      const estimate = metric.of(choice)
      const percent = Math.round((100 * estimate.mean) / most)
      return html`<td>
        ${estimateText(estimate, unitOf(metric, words), words.language)}
        <div class="bar${i > 0 ? ' after' : ''}" style="width:${percent}%"></div>
      </td>`
    })}
  </tr>`
}

export function changesPart({ changes }: Report, words: PageWords): Html {
  return html`<dl>
    ${changes.map(
      ({ name, from, to, reason }) =>
        html`<dt>
            ${words.setting(name)} (<code>${name}</code>): ${words.value(settingValue(name, from))} ${words.becomes}
            ${words.value(settingValue(name, to))}
          </dt>
          <dd>${reason.text}</dd>`,
    )}
  </dl>`
}

export function keptPart({ kept }: Report, words: PageWords): Html {
  return html`<dl>
    ${kept.map(
      ({ name, value, reason }) =>
        html`<dt>${words.setting(name)} (<code>${name}</code>): ${words.value(settingValue(name, value))}</dt>
          <dd>${reason.text}</dd>`,
    )}
  </dl>`
}

export function setupsPart({ alternatives, best }: Report, words: PageWords): Html {
  return html`<div class="scroll">
    <table>
      <thead>
        <tr>
          <th>${words.settings}</th>
          ${pageMetrics.map(({ name }) => html`<th>${words.figures[name]}</th>`)}
          <th>${words.loads}</th>
        </tr>
      </thead>
      <tbody>
        ${alternatives.map((choice) => {
          const isBest = isSameConfiguration(choice.configuration, best.configuration)
          return html`<tr class="${isBest ? 'marked' : ''}">
            <td>${words.summary(configurationValues(choice.configuration))}</td>
            ${pageMetrics.map((metric) => html`<td>${significant(metric.of(choice).mean, words.language)} ${unitOf(metric, words)}</td>`)}
            <td>${choice.loads}</td>
          </tr>`
        })}
      </tbody>
    </table>
  </div>`
}

export function trialsPart({ trials }: Study, words: PageWords): Html {
  return html`<div class="scroll">
    <table>
      <thead>
        <tr>
          <th>${words.trial}</th>
          <th>${words.purpose}</th>
          <th>${words.settings}</th>
          <th>${words.figures.ttft}</th>
          <th>${words.figures.decode}</th>
        </tr>
      </thead>
      <tbody>
        ${trials.map(({ number, purpose, configuration, outcome }) => {
          const settings = words.summary(configurationValues(configuration))
          return html`<tr>
            <td>${number}</td>
            <td>${words.purposes[purpose]}</td>
            <td>${settings}</td>
            ${
              outcome?.kind === 'ok'
                ? html`<td>${estimateText(outcome.ttftSeconds, 's', words.language)}</td>
                    <td>${estimateText(outcome.decodeTokensPerSecond, words.tokensPerSecond, words.language)}</td>`
                : html`<td colspan="2">${words.outcomes[outcome?.kind ?? 'running']}</td>`
            }
          </tr>`
        })}
      </tbody>
    </table>
  </div>`
}

export function statementList(statements: readonly Statement[]): Html {
  return html`<ul>
    ${statements.map(({ text }) => html`<li>${text}</li>`)}
  </ul>`
}

/** The computer, the daemon, the model and the request: whatever a reader needs to judge or repeat the figures. */
export function conditionsPart(study: Study, words: PageWords): Html {
  const { machine, daemon, model, request } = study
  const { cpu, memory, gpus, os } = machine
  const gigabytes = (mebibytes: number) => `${significant(mebibytes / 1024, words.language)} GB`
  const graphics = gpus.map(({ name, totalVramMiB }) => `${name} (${gigabytes(totalVramMiB)})`).join(', ')
  const context = request.contextLength.toLocaleString(words.language)
  const facts: [name: string, fact: string][] = [
    [words.computer, `${os.name} ${os.release}`],
    [words.processor, `${cpu.name} (${cpu.physicalCores}/${cpu.logicalCores})`],
    [words.memory, gigabytes(memory.limitMiB ?? memory.totalMiB)],
    [words.graphics, graphics === '' ? words.none : graphics],
    [words.daemon, `${daemon.kind === 'ollama' ? 'Ollama' : words.builtIn} ${daemon.version}`],
    [words.model, `${model.ref.name} · ${model.facts.quantization} · ${model.digest}`],
    [words.request, words.requested(words.goals[request.goal], context)],
  ]
  return html`<dl>
      ${facts.map(
        ([name, fact]) =>
          html`<dt>${name}</dt>
            <dd>${fact}</dd>`,
      )}
    </dl>
    <p>${words.again}: <code>npm run attune -- rerun ${study.id}</code></p>`
}

export function savedPart({ certificates }: Study, words: PageWords): Html {
  const live = certificates.filter(({ undoneAt }) => undoneAt === null)
  return html`<ul>
    ${live.map(({ tag, promiseKept }) => html`<li>${words.savedAs(tag, promiseKept)}</li>`)}
  </ul>`
}
