import { useId, type ReactNode } from 'react'
import classes from './choice.module.css'

interface ChoiceGroupProps {
  legend: string
  /** `list`: one below another; `columns`: large cards; `row`: small ones side by side. */
  layout: 'list' | 'columns' | 'row'
  isLegendHidden?: boolean
  children: ReactNode
}

/** A question with one answer. Its choices are native radio buttons: arrow keys and screen readers just work. */
export function ChoiceGroup({ legend, layout, isLegendHidden = false, children }: ChoiceGroupProps) {
  const id = useId()
  const layoutClass = layout === 'list' ? '' : classes[layout]
  return (
    <div role="radiogroup" aria-labelledby={id}>
      <div id={id} className={isLegendHidden ? 'visually-hidden' : classes.legend}>
        {legend}
      </div>
      <div className={`${classes.choices} ${layoutClass}`}>{children}</div>
    </div>
  )
}

interface ChoiceProps {
  /** The same for all choices of a group. */
  name: string
  title: string
  detail?: ReactNode
  /** Further lines, part of the clickable area. */
  children?: ReactNode
  isChecked: boolean
  isDisabled?: boolean
  onChoose: () => void
}

export function Choice({ name, title, detail, children, isChecked, isDisabled = false, onChoose }: ChoiceProps) {
  const id = useId()
  return (
    <label className={classes.choice}>
      <input
        type="radio"
        className={classes.input}
        name={name}
        checked={isChecked}
        disabled={isDisabled}
        onChange={onChoose}
        aria-labelledby={`${id}-title`}
        aria-describedby={`${id}-body`}
      />
      <span className={classes.body}>
        <span id={`${id}-title`} className={classes.title}>
          {title}
        </span>
        <span id={`${id}-body`}>
          {detail !== undefined && <span className={classes.detail}>{detail}</span>}
          {children}
        </span>
      </span>
    </label>
  )
}
