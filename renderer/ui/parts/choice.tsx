import type { Icon } from '@tabler/icons-react'
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
  /** Beside the text where there is room, else below it; part of the clickable area. */
  children?: ReactNode
  icon?: Icon
  isChecked: boolean
  isDisabled?: boolean
  onChoose: () => void
}

export function Choice(props: ChoiceProps) {
  const { name, title, detail, children, icon: ChoiceIcon, isChecked, isDisabled = false, onChoose } = props
  const id = useId()
  const described = [detail !== undefined && `${id}-detail`, children !== undefined && `${id}-aside`].filter(Boolean)
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
        aria-describedby={described.join(' ')}
      />
      <span className={classes.body}>
        <span className={classes.text}>
          <span id={`${id}-title`} className={classes.title}>
            {title}
          </span>
          {detail !== undefined && (
            <span id={`${id}-detail`} className={classes.detail}>
              {detail}
            </span>
          )}
        </span>
        {children !== undefined && <span id={`${id}-aside`}>{children}</span>}
      </span>
      {ChoiceIcon && <ChoiceIcon className={classes.icon} size={24} stroke={1.5} aria-hidden />}
    </label>
  )
}
