import { expect, it } from 'vitest'
import { doorFor } from '../../../main/shells/door.ts'

it.each([
  [[], 'window'],
  [['--no-sandbox'], 'window'],
  [['--browser'], 'browser'],
  [['--browser', '--no-open'], 'browser'],
  [['tune', 'practice'], 'commandLine'],
  [['--language', 'de', 'doctor'], 'commandLine'],
  [['--help'], 'commandLine'],
])('opens for %j the door: %s', (parameters, door) => expect(doorFor(parameters)).toBe(door))
