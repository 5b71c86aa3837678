import mark from './mark.svg'

/** Attune's mark, a tuning fork. The name always stands beside it, so it is decoration to a screen reader. */
export function Mark({ size }: { size: number }) {
  return <img src={mark} width={size} height={size} alt="" />
}
