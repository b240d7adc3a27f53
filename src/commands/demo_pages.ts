import type { Pages } from '../contract/shapes.ts'

/** The sample campaigns: what a newcomer finds in the studio, and reads at /p/demo. */
export interface DemoCampaign {
  title: string
  /** slug of the unlabelled link; a random one where absent */
  slug?: string
  labels: string[]
  /** sessions a day, on average */
  daily: number
  leads: { name: string; email: string; message: string }[]
  pages: Pages
}

const name = 'Mara Ilves'
const cta = { label: 'Book 20 minutes', url: 'https://cal.example/mara' }

export const DEMO_CAMPAIGNS: readonly DemoCampaign[] = [
  {
    title: 'Northwind, checkout redesign',
    labels: ['Northwind, head of product', 'Northwind, procurement'],
    daily: 0.5,
    leads: [],
    pages: {
      look: { accent: '#17654c', type: 'sans' },
      summary: {
        name,
        for_whom: 'Northwind, checkout redesign',
        sentence: 'Six weeks, one flow, measured before and after.',
        results: [
          { figure: '6 weeks', text: 'from the first interview to the last test' },
          { figure: '2', text: 'engineers of yours, no freeze' },
          { figure: '1', text: 'price, agreed before we begin' },
        ],
        body: 'You asked for a proposal, and this is one that can be read in three minutes. The case study is the nearest to your problem.',
      },
      case_studies: [
        {
          id: 'bolt-barrow',
          title: 'Bolt & Barrow: a checkout people finish',
          body: 'Of a hundred carts, 31 fewer are abandoned.\n\n### My part\n\nDesign, research and the prototype, with two engineers for eleven weeks.',
          url: 'https://example.com/bolt-barrow',
          url_label: 'See the prototype',
        },
      ],
      contact: { heading: 'Shall we begin in January?', body: 'Two slots are free.', cta, form: true },
    },
  },
  {
    title: 'Acme, senior product designer',
    slug: 'demo',
    labels: ['Acme, recruiter', 'Acme, hiring manager', 'Acme, design lead'],
    daily: 2.4,
    leads: [
      {
        name: 'Jonna Berg',
        email: 'jonna.berg@acme.example',
        message:
          'Hello Mara, the part about one question per screen is the discussion we are having this week. Could you join our design review on Thursday at ten?',
      },
      {
        name: 'Teo Lind',
        email: 'teo@acme.example',
        message: 'Thank you for this. Is the onboarding prototype still online somewhere?',
      },
    ],
    pages: {
      look: { accent: '#1f4fa3', type: 'serif' },
      summary: {
        name,
        for_whom: 'Acme, checkout team',
        sentence: 'I make checkouts people finish, and leave teams with the parts to keep them that way.',
        results: [
          { figure: '−31 %', text: 'abandoned carts at Bolt & Barrow' },
          { figure: '14', text: 'teams on one design system, up from 3' },
          { figure: '9 min', text: 'to onboard a nurse, down from 40' },
        ],
        body: 'You are rebuilding checkout for eleven countries at once. I did that for six, with two engineers and no freeze, and wrote down what we would do differently.\n\nThe first case study is the closest to your problem.',
      },
      case_studies: [
        {
          id: 'bolt-barrow',
          title: 'Bolt & Barrow: a checkout people finish',
          body: 'Of a hundred people who reach the cart, 31 fewer leave it. Most of the gain came from taking things away.\n\n### Problem\n\nThe form asked for an account before it said what delivery costs. Two thirds of those who left, left there.\n\n### My part\n\nLead designer, with two engineers and an analyst. I ran the nine interviews and built the prototype in HTML; the tax rules are Ines Korda’s.\n\n### Decisions\n\n1. **Delivery first.** The price of delivery stands in the cart, before any form.\n2. **One address field.** Longer to build, shorter to fill in: a third of the corrections went away.\n3. **No account, until afterwards.** 44 % make one on the thank-you page.\n\n### Evidence\n\n| Six countries, eight weeks each | Before | After |\n|---|---|---|\n| Finished | 38 % | 57 % |\n| Median time | 4 m 10 s | 2 m 35 s |\n| Calls to support | 310 | 190 |',
          url: 'https://example.com/bolt-barrow',
          url_label: 'See the prototype',
        },
        {
          id: 'design-system',
          title: 'One design system for 14 teams',
          body: 'Fourteen teams ship with the same parts; there were three.\n\n### Problem\n\nEvery team had its own buttons, and its own bugs in them.\n\n### My part\n\nI wrote the first twelve components and the rule for the thirteenth: it needs two teams that want it.\n\n### Decisions\n\n1. **Documentation is the product.** A part without a page did not exist.\n2. **No big switch.** Teams moved one screen at a time, and could stop.\n\n### Evidence\n\nUnique button styles fell from 61 to 4 within a year.',
          url: 'https://example.com/design-system',
          url_label: 'Read the notes',
        },
        {
          id: 'night-shift',
          title: 'Onboarding for night-shift nurses',
          body: 'A nurse is ready in 9 minutes instead of 40, at three in the morning.\n\n### Problem\n\nTraining assumed a quiet room and a colleague. Night shifts have neither.\n\n### My part\n\nFive nights on the ward, then the flow and every word in it.\n\n### Decisions\n\n1. **Learn on the real task.** The first admission is the training.\n2. **Nothing to remember.** What was needed twice stands on the screen.\n\n### Evidence\n\n212 nurses in two clinics, timed by log.',
          url: null,
          url_label: '',
        },
      ],
      contact: {
        heading: 'Let’s talk for twenty minutes',
        body: 'I can start in March, in Tallinn or from there. I would bring one question: which of the eleven countries hurts most?\n\nBy mail: [mara@ilves.example](mailto:mara@ilves.example)',
        cta,
        form: true,
      },
    },
  },
]
