import type { Reason } from '../../contract/words.ts'
import { t } from '../texts.ts'

const WORDS: Record<Reason, () => string> = {
  overruled: () => t('reason_overruled'),
  owner_device: () => t('reason_owner_device'),
  owner_login: () => t('reason_owner_login'),
  preview: () => t('reason_preview'),
  crawler: () => t('reason_crawler'),
  client: () => t('reason_client'),
  empty_user_agent: () => t('reason_empty_user_agent'),
  automated: () => t('reason_automated'),
  prefetch: () => t('reason_prefetch'),
  too_many_of_one_open: () => t('reason_too_many_of_one_open'),
  impossible_time: () => t('reason_impossible_time'),
  no_input_gone: () => t('reason_no_input_gone'),
  person: () => t('reason_person'),
}

/** Why a visit counts as what it counts. */
export function reasonWords(reason: Reason): string {
  return WORDS[reason]()
}
