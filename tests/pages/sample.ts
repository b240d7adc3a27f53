import type { Pages } from '../../src/contract/shapes.ts'
import { renderPages } from '../../src/markdown/render_pages.ts'

/** A campaign with something of everything. */
export const pages: Pages = {
  look: { accent: '#17654c', type: 'serif' },
  summary: {
    name: 'Ines Marchetti',
    for_whom: 'Halden Health, Lead Product Designer',
    sentence: 'I design clinical software that tired people get right the first time.',
    results: [
      { figure: '71 %', text: 'of patients finish the intake form at home, up from 44 %' },
      { figure: '6 min', text: 'less typing per hospital admission, 212 of them timed' },
      { figure: '38 %', text: 'fewer calls about medication lists in the first quarter' },
    ],
    body: `For nine years I have worked where software meets people under pressure: four on hospital admission at Curava, before that ticket machines and a bank’s first app. I plan my own research, prototype in code where a drawing would lie, and stay until the numbers are in.

Halden is going from one clinic to forty. I have been through that move once, and can spare you two of its mistakes.`,
  },
  case_studies: [
    {
      id: 'intake',
      title: '71 % of patients finish intake at home',
      url: 'https://marchetti.example/intake',
      url_label: 'Try the prototype',
      body: `Of a hundred patients, 71 now complete the intake form before they arrive. It was 44, and a nurse typed most of the rest.

## Problem

Curava’s form asked 64 questions in the order of the billing system. People over 60 gave up at the medication page, and nurses finished the form on the phone, eleven minutes each.

## My part

Sole designer, with two engineers and a nurse lent to us on Thursdays. I did the 14 interviews, wrote the questions and built the HTML prototype. The insurance step is Tomasz Wrona’s.

## Decisions

1. **One question, one screen.** Longer on paper, shorter in the hand: nobody scrolled past a question any more.
2. **A photo of the pill box instead of nine fields.** The price is a nurse who checks one photo in five.
3. **Save without an account.** A text message brings people back. Security agreed once we cut what that link can show.

## Evidence

| Two clinics, eight weeks each | Before | After |
| --- | ---: | ---: |
| Finished at home | 44 % | 71 % |
| Finished by a nurse | 39 % | 16 % |
| Median time | 19 min | 12 min |
| Forms | 3 180 | 2 964 |`,
    },
    {
      id: 'admission',
      title: 'Six minutes less typing per admission',
      url: 'https://marchetti.example/notes/admission.pdf',
      url_label: 'Read the research report',
      body: `An admission takes 13 minutes at the keyboard instead of 19. On a ward with 30 admissions a day, that gives three hours back.

## Problem

Nurses typed what three other systems already knew. One wrong allergy in 2021 had ended their trust in the import, and nobody had asked what would restore it.

## My part

I led design and research in a team of six and shadowed eleven shifts, four of them at night. The matching rules are Dr Amira Haddad’s; I made them visible.

## Decisions

1. **Say where each value comes from.** One grey line, “from the pharmacy, yesterday”. Trust came back before accuracy was perfect.
2. **Confirm in groups of five.** A single “accept all” was fastest and let 3 of 20 planted errors through. Groups let none through and cost 40 seconds.

## Evidence

212 admissions timed in two clinics, March to May 2025, by stopwatch and by log; the two differ by less than 20 seconds.

> “I stopped keeping my paper list in the second week.”\\
> Ward nurse, Linz`,
    },
    {
      id: 'medication',
      title: '38 % fewer calls about medication lists',
      url: 'https://curava.example/blog/medication-list',
      url_label: 'Curava’s article on the launch',
      body: `In the first quarter after launch, the help desk took 254 calls a month instead of 410.

## Problem

The list mixed what a patient takes, took, and was told to stop. Relatives called to be sure, and the desk answered one and the same question some 200 times a month.

## My part

Design, wording and the research with relatives, together with the pharmacist Jana Kolb. The platform team built it.

## Decisions

1. **Today first.** The list opens on what to take today, by time of day. History is one tap away and opened in 6 % of visits.
2. **A stopped medicine stays for 14 days,** struck through, with reason and date. Removing it at once had caused a third of the calls.

## Evidence

The desk’s own call log, October 2024 to March 2025. A part may be the season: the year before, calls fell by 5 % in the same months.`,
    },
  ],
  contact: {
    heading: 'Let’s talk for twenty minutes',
    body: `I can start in March, in Vienna or within two hours of it by train. I would bring one question: who at Halden decides what a new clinic may change?

By mail: [ines@marchetti.example](mailto:ines@marchetti.example)`,
    cta: { label: 'Pick a time', url: 'https://cal.example/ines' },
    form: true,
  },
}

export const published = { pages, html: await renderPages(pages) }

const word = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'.repeat(2)
const address = `https://example.com/${'a'.repeat(150)}`
const longText = `${word} ${address} \`${word}\` [${word}](${address})

# ${word}

> ${word}

\`\`\`
const result = await ${word}({ wider: 'than a phone', and: 'than a desk' })
\`\`\`

1. ${word}
   - ${word}

| ${word} | b | c |
|---|---|---|
| ${word} | \`${word}\` | ${address} |
`

/** A campaign of words, addresses and code that are wider than a phone. */
export const longPages: Pages = {
  look: pages.look,
  summary: {
    name: word,
    for_whom: word,
    sentence: word,
    results: [
      { figure: word.slice(0, 40), text: word },
      { figure: '9 min', text: word },
    ],
    body: longText,
  },
  case_studies: [
    { id: 'one', title: word, body: longText, url: address, url_label: '' },
    { id: 'two', title: `Two: ${word}`, body: longText, url: address, url_label: word },
  ],
  contact: { heading: word, body: longText, cta: { label: word, url: address }, form: true },
}
