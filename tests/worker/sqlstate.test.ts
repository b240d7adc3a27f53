import { expect, test } from 'vitest'
import { type Fault, faultOf } from '../../src/worker/sqlstate.ts'

const withCode = (code: string, message = '') => Object.assign(new Error(message), { code })

test.each<[what: string, error: unknown, fault: Fault]>([
  ['a lost connection', withCode('08006'), 'transient'],
  ['a full disk', withCode('53100'), 'transient'],
  ['too many connections', withCode('53300'), 'transient'],
  ['a shutdown', withCode('57P01'), 'transient'],
  ['a serialization failure', withCode('40001'), 'transient'],
  ['a statement that took too long and was stopped', withCode('57014'), 'transient'],
  ['a transaction that fell silent and was ended', withCode('25P03'), 'transient'],
  ['a deadlock', withCode('40P01'), 'transient'],
  ['a refused connection', withCode('ECONNREFUSED', 'connect ECONNREFUSED'), 'transient'],
  ['a socket that broke', withCode('EPIPE', 'write EPIPE'), 'transient'],
  ['a driver that lost its connection', new Error('Connection terminated unexpectedly'), 'transient'],
  ['a pool without a turn', new Error('timeout exceeded when trying to connect'), 'transient'],
  ['a Redis that hung up', new Error('Socket closed unexpectedly'), 'transient'],
  ['a NUL in a text', withCode('22021'), 'data'],
  ['a number out of range', withCode('22003'), 'data'],
  ['a broken constraint', withCode('23514'), 'data'],
  ['a missing function', withCode('42883'), 'ours'],
  ['a missing privilege', withCode('42501'), 'ours'],
  ['a database that is read-only', withCode('25006'), 'ours'],
  ['a bug', new TypeError("Cannot read properties of undefined (reading 'closed')"), 'ours'],
  ['a broken answer', new Error('the save was answered without a row'), 'ours'],
  ['what is no error', undefined, 'ours'],
])('%s', (_, error, fault) => {
  expect(faultOf(error)).toBe(fault)
})
