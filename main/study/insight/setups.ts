import { mean } from 'simple-statistics'
import { objectiveNames, type ObjectiveCosts, type ObjectiveName } from '../../../preload/contract/insight.ts'
import type { Configuration, MemoryEstimate } from '../../../preload/contract/model.ts'
import type { Study } from '../../../preload/contract/study.ts'
import { objectiveCosts } from '../../search/objectives/objectives.ts'
import { groupByConfiguration, isSameConfiguration, isUnreliable } from '../choices.ts'
import { driftFreeLoads } from '../noise.ts'

/** What was measured of a setup over all its loads. */
export interface MeasuredSetup {
  configuration: Configuration
  loads: number
  costs: ObjectiveCosts
  memory: MemoryEstimate
}

/** The present setup and every other that can be relied upon, with costs as means over loads, free of drift. */
export function measuredSetups(study: Study): MeasuredSetup[] {
  return groupByConfiguration(driftFreeLoads(study)).flatMap((loads): MeasuredSetup[] => {
    const configuration = loads[0]?.configuration
    if (!configuration) return []
    const isPresent = isSameConfiguration(configuration, study.plan.baseline)
    if (!isPresent && isUnreliable(study, configuration)) return []
    const each = loads.map((load) => objectiveCosts(load, study.plan.workload))
    const over = (name: ObjectiveName) => mean(each.map((costs) => costs[name]))
    const costs = Object.fromEntries(objectiveNames.map((name) => [name, over(name)])) as ObjectiveCosts
    const memory = {
      ramMiB: mean(loads.map(({ memory }) => memory.ramMiB)),
      vramMiB: mean(loads.map(({ memory }) => memory.vramMiB)),
    }
    return [{ configuration, loads: loads.length, costs, memory }]
  })
}
