/** Density of Normal(0, 1) at `x`. */
export function normalDensity(x: number): number {
  return Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI)
}

/**
 * P(Z ≤ x) for Z ~ Normal(0, 1), absolute error below 1e-14, relative error below 1e-10 far into the lower tail.
 * Source: Taylor series of Φ around 0 (G. Marsaglia, Journal of Statistical Software 11(4), 2004) within |x| < 5;
 * outside, Laplace's continued fraction for the tail.
 */
export function normalCdf(x: number): number {
  if (Number.isNaN(x)) return Number.NaN
  if (x > 5) return 1 - normalCdf(-x)
  if (x < -5) return lowerTail(x)
  let sum = x
  let term = x
  for (let i = 3; Math.abs(term) > 1e-17 * Math.abs(sum) && i < 400; i += 2) {
    term *= (x * x) / i
    sum += term
  }
  return 0.5 + sum * normalDensity(x)
}

/** φ(x) / (|x| + 1 / (|x| + 2 / (|x| + …))) for x ≤ −5, evaluated from the inside out. */
function lowerTail(x: number): number {
  let fraction = -x
  for (let k = 60; k >= 1; k--) fraction = -x + k / fraction
  return normalDensity(x) / fraction
}

/** ln Γ(x) for x > 0, Lanczos approximation with g = 7 and nine coefficients (P. Godfrey, 2001). */
export function logGamma(x: number): number {
  const coefficients = [
    0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
    12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
  ]
  const shifted = x - 1
  const sum = coefficients.reduce((total, c, i) => (i === 0 ? c : total + c / (shifted + i)), 0)
  const t = shifted + 7.5
  return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(t) - t + Math.log(sum)
}

/**
 * Regularised incomplete beta function I_x(a, b), by the continued fraction of
 * NIST Digital Library of Mathematical Functions 8.17.22, evaluated with Lentz's method.
 */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  // The fraction converges fast below the mean; above it the symmetry I_x(a, b) = 1 − I_{1−x}(b, a) is used.
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a)
  const front = Math.exp(
    a * Math.log(x) + b * Math.log(1 - x) + logGamma(a + b) - logGamma(a) - logGamma(b) - Math.log(a),
  )
  const tiny = 1e-300
  let numerator = 1
  let denominator = 1 - ((a + b) * x) / (a + 1)
  denominator = 1 / (Math.abs(denominator) < tiny ? tiny : denominator)
  let fraction = denominator
  for (let m = 1; m < 500; m++) {
    for (const d of [
      (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m)),
      (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1)),
    ]) {
      const next = 1 + d * denominator
      denominator = 1 / (Math.abs(next) < tiny ? tiny : next)
      numerator = 1 + d / numerator
      if (Math.abs(numerator) < tiny) numerator = tiny
      fraction *= denominator * numerator
    }
    if (Math.abs(denominator * numerator - 1) < 1e-15) break
  }
  return front * fraction
}

/** P(T ≤ t) for Student's t with `degrees` > 0 degrees of freedom (they need not be whole). */
export function studentTCdf(t: number, degrees: number): number {
  const tail = 0.5 * incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5)
  return t > 0 ? 1 - tail : tail
}

/**
 * The t with P(T ≤ t) = `probability`, strictly between 0 and 1: Newton's method on the distribution function,
 * falling back to bisection where a step would leave the bracket.
 */
export function studentTQuantile(probability: number, degrees: number): number {
  if (!(probability > 0 && probability < 1) || !(degrees > 0)) {
    throw new RangeError('a quantile needs a probability between 0 and 1 and positive degrees of freedom')
  }
  if (probability < 0.5) return -studentTQuantile(1 - probability, degrees)
  let low = 0
  let high = 2
  while (studentTCdf(high, degrees) < probability && high < 1e12) {
    low = high
    high *= 4
  }
  const logScale = logGamma((degrees + 1) / 2) - logGamma(degrees / 2) - 0.5 * Math.log(degrees * Math.PI)
  let t = (low + high) / 2
  for (let step = 0; step < 200; step++) {
    const error = studentTCdf(t, degrees) - probability
    if (error < 0) low = t
    else high = t
    const density = Math.exp(logScale - ((degrees + 1) / 2) * Math.log1p((t * t) / degrees))
    const newton = t - error / density
    const next = newton > low && newton < high ? newton : (low + high) / 2
    if (Math.abs(next - t) <= 1e-12 * (1 + next)) return next
    t = next
  }
  return t
}
