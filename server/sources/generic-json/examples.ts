import type { Example, Preset } from '../source.ts'
import { github } from './presets/github.ts'
import type { GenericJsonSettings } from './settings.ts'

/** A monitor: bearer secret, everything by pointers. */
const monitor = {
  proof: { by: 'bearer' },
  eventTypes: [
    { type: 'firing', title: 'An alert fires' },
    { type: 'resolved', title: 'An alert is over' },
  ],
  items: '/alerts',
  id: { template: '{{ item.fingerprint }}-{{ item.status }}' },
  type: { pointer: '/status' },
  title: { pointer: '/summary' },
  subject: { pointer: '/fingerprint' },
  text: { pointer: '/description' },
  severity: {
    template: '{% if item.status == "resolved" %}success{% else %}{{ item.labels.severity }}{% endif %}',
  },
  occurredAt: { pointer: '/since' },
  imageUrl: { pointer: '/graph' },
  links: [{ title: 'Open the alert', url: { pointer: '/url' } }],
  facts: [
    { name: 'Service', value: { pointer: '/labels/service' } },
    { name: 'Hosts', value: { pointer: '/hosts' } },
    { name: 'Value', value: { template: '{{ item.value | round: 1 }} %' } },
  ],
  fields: [
    { field: 'service', title: 'Service', type: 'text', value: { pointer: '/labels/service' } },
    { field: 'hosts', title: 'Hosts', type: 'list', value: { pointer: '/hosts' } },
    { field: 'value', title: 'Value', type: 'number', value: { pointer: '/value' } },
    { field: 'acknowledged', title: 'Acknowledged', type: 'boolean', value: { pointer: '/acknowledged' } },
  ],
} satisfies GenericJsonSettings

/** A shop: its signature is base64, its event is named in a header, and it pings. */
const shop = {
  proof: { by: 'hmac', header: 'X-Shop-Hmac', hash: 'sha512', encoding: 'base64' },
  eventTypes: [{ type: 'orders/paid', title: 'An order is paid' }],
  otherwise: 'orders/paid',
  type: { template: '{% if headers["x-shop-topic"] != "ping" %}{{ headers["x-shop-topic"] }}{% endif %}' },
  title: { template: 'Order {{ body.number }} is paid: {{ body.total }} {{ body.currency }}' },
  actor: { name: { pointer: '/customer/name' } },
  occurredAt: { pointer: '/paid' },
  fields: [{ field: 'total', title: 'Total', type: 'number', value: { pointer: '/total' } }],
} satisfies GenericJsonSettings

const pullRequest = {
  action: 'opened',
  number: 3,
  pull_request: {
    number: 3,
    title: 'Mend the fence',
    html_url: 'https://github.com/acme/garden/pull/3',
    body: 'The gate did not close. Now it does.\n\n<!-- thank you for contributing -->',
    user: { login: 'octocat' },
    head: { ref: 'mend-the-fence' },
    base: { ref: 'main' },
    labels: [{ name: 'repair' }, { name: 'good first issue' }],
    assignees: [],
    milestone: null,
    draft: false,
    merged: false,
    additions: 12,
    deletions: 1,
    changed_files: 2,
    updated_at: '2026-11-20T09:30:00Z',
  },
  repository: { full_name: 'acme/garden', html_url: 'https://github.com/acme/garden' },
  sender: { login: 'octocat', avatar_url: 'https://avatars.githubusercontent.com/u/583231?v=4' },
}

const workflowRun = {
  action: 'completed',
  workflow_run: {
    name: 'check',
    conclusion: 'failure',
    head_branch: 'main',
    html_url: 'https://github.com/acme/garden/actions/runs/7',
    updated_at: '2026-11-20T09:41:00Z',
  },
  repository: pullRequest.repository,
  sender: pullRequest.sender,
}

export const examples: readonly Example<GenericJsonSettings>[] = [
  {
    id: 'monitor',
    title: {
      en: 'A monitor tells two alerts at once',
      fr: 'Une surveillance annonce deux alertes à la fois',
      zh: '监控系统同时报告两个警报',
    },
    settings: monitor,
    body: {
      alerts: [
        {
          fingerprint: '9f31',
          status: 'firing',
          summary: 'The disk of db-1 is 97 % full',
          description: 'At this pace it is **full in two hours**.',
          labels: { severity: 'critical', service: 'database' },
          hosts: ['db-1'],
          value: 97.25,
          acknowledged: false,
          since: '2026-11-20T09:30:00Z',
          url: 'https://monitor.example.com/alerts/9f31',
        },
        {
          fingerprint: '77aa',
          status: 'resolved',
          summary: 'Certificates of www are renewed',
          labels: { severity: 'warning', service: 'web' },
          hosts: ['www-1', 'www-2'],
          value: 0,
          acknowledged: true,
          since: 1795166400,
          url: 'https://monitor.example.com/alerts/77aa',
        },
      ],
    },
    types: ['firing', 'resolved'],
  },
  {
    id: 'shop',
    title: {
      en: 'A shop tells a paid order',
      fr: 'Une boutique annonce une commande payée',
      zh: '商店报告一笔已付款订单',
    },
    settings: shop,
    headers: { 'x-shop-topic': 'orders/paid' },
    body: {
      number: 1042,
      total: '129.90',
      currency: 'EUR',
      paid: 1795166400000,
      customer: { name: 'Grace Hopper' },
    },
    types: ['orders/paid'],
  },
  {
    id: 'shop-ping',
    title: {
      en: 'The same shop tries the connection',
      fr: 'La même boutique essaie la connexion',
      zh: '同一商店测试连接',
    },
    settings: shop,
    headers: { 'x-shop-topic': 'ping' },
    body: {},
    types: [],
  },
  {
    id: 'github-pull-request',
    title: {
      en: 'GitHub: a pull request is opened',
      fr: 'GitHub\u00A0: une pull request est ouverte',
      zh: 'GitHub：打开拉取请求',
    },
    settings: github,
    headers: {
      'x-github-event': 'pull_request',
      'x-github-delivery': '72d3162e-cc78-11e3-81ab-4c9367dc0958',
    },
    body: pullRequest,
    types: ['pull_request'],
  },
  {
    id: 'github-workflow-run',
    title: {
      en: 'GitHub: a workflow fails',
      fr: 'GitHub\u00A0: un workflow échoue',
      zh: 'GitHub：工作流失败',
    },
    settings: github,
    headers: {
      'x-github-event': 'workflow_run',
      'x-github-delivery': '72d3162e-cc78-11e3-81ab-4c9367dc0959',
    },
    body: workflowRun,
    types: ['workflow_run'],
  },
]

/** What to begin with: a whole system, and two that show pointers and templates, a list of events and a signature. */
export const presets: readonly Preset<GenericJsonSettings>[] = [
  { title: 'GitHub', settings: github },
  {
    title: {
      en: 'Example: alerts of a monitor',
      fr: 'Exemple\u00A0: alertes d’une surveillance',
      zh: '示例：监控系统的警报',
    },
    settings: monitor,
  },
  {
    title: {
      en: 'Example: paid orders of a shop',
      fr: 'Exemple\u00A0: commandes payées d’une boutique',
      zh: '示例：商店的已付款订单',
    },
    settings: shop,
  },
]
