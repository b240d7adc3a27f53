import { Dialog } from '@base-ui/react/dialog'
import type { ReactNode } from 'react'
import { t } from '../texts.ts'
import controls from './controls.module.css'
import css from './dialog.module.css'

interface SheetProps {
  open: boolean
  onOpen: (open: boolean) => void
  title: string
  children: ReactNode
  /** the buttons beside "Close" */
  actions?: ReactNode
}

/** A dialog over the page: focus stays in it, Escape closes it. */
export function Sheet({ open, onOpen, title, children, actions }: SheetProps) {
  return (
    <Dialog.Root open={open} onOpenChange={onOpen}>
      <Dialog.Portal>
        <Dialog.Backdrop className={css.shade} />
        <Dialog.Popup className={css.dialog}>
          <Dialog.Title>{title}</Dialog.Title>
          <div className={css.body}>
            {children}
            <div className={css.buttons}>
              <Dialog.Close className={controls.button}>{t('close')}</Dialog.Close>
              {actions}
            </div>
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
