import { consent } from './consent.ts'
import { network } from './network.ts'
import { reading } from './reading.ts'

export const scenarios = [...reading, ...network, ...consent]
