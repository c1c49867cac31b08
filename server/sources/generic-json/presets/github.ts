import type { GenericJsonSettings } from '../settings.ts'

const repository = { en: 'Repository', fr: 'Dépôt', zh: '仓库' }
const branch = { en: 'Branch', fr: 'Branche', zh: '分支' }
const labels = { en: 'Labels', fr: 'Libellés', zh: '标签' }

/**
 * Settings that read GitHub's webhooks (content type `application/json`), every event of them: what is not
 * declared comes as `other`.
 *
 * GitHub names the event in a header and what happened in `action`; some events have no action (a push), some no
 * sender (an advisory). What stands beside GitHub's words is in every language; the line that tells what happened is
 * English, like most of what it tells of.
 */
export const github = {
  proof: { by: 'hmac', header: 'X-Hub-Signature-256', hash: 'sha256', encoding: 'hex', prefix: 'sha256=' },
  eventTypes: [
    { type: 'push', title: { en: 'Pushes', fr: 'Envois de commits', zh: '推送' } },
    { type: 'pull_request', title: { en: 'Pull requests', fr: 'Pull requests', zh: '拉取请求' } },
    {
      type: 'pull_request_review',
      title: { en: 'Pull request reviews', fr: 'Revues de pull requests', zh: '拉取请求审查' },
    },
    {
      type: 'pull_request_review_comment',
      title: { en: 'Review comments', fr: 'Commentaires de revue', zh: '审查评论' },
    },
    { type: 'issues', title: { en: 'Issues', fr: 'Tickets', zh: '议题' } },
    {
      type: 'issue_comment',
      title: {
        en: 'Comments on issues and pull requests',
        fr: 'Commentaires sur les tickets et pull requests',
        zh: '议题和拉取请求的评论',
      },
    },
    { type: 'discussion', title: { en: 'Discussions', fr: 'Discussions', zh: '讨论' } },
    { type: 'release', title: { en: 'Releases', fr: 'Versions publiées', zh: '发行版' } },
    { type: 'workflow_run', title: { en: 'Workflow runs', fr: 'Exécutions de workflows', zh: '工作流运行' } },
    { type: 'deployment_status', title: { en: 'Deployments', fr: 'Déploiements', zh: '部署' } },
    {
      type: 'create',
      title: { en: 'New branches and tags', fr: 'Nouvelles branches et étiquettes', zh: '新分支和标签' },
    },
    {
      type: 'delete',
      title: {
        en: 'Removed branches and tags',
        fr: 'Branches et étiquettes supprimées',
        zh: '已删除的分支和标签',
      },
    },
    {
      type: 'dependabot_alert',
      title: { en: 'Dependabot alerts', fr: 'Alertes Dependabot', zh: 'Dependabot 警报' },
    },
    {
      type: 'code_scanning_alert',
      title: { en: 'Code scanning alerts', fr: 'Alertes d’analyse du code', zh: '代码扫描警报' },
    },
    {
      type: 'security_advisory',
      title: { en: 'Security advisories', fr: 'Avis de sécurité', zh: '安全公告' },
    },
    { type: 'member', title: { en: 'Collaborators', fr: 'Collaborateurs', zh: '协作者' } },
    { type: 'repository', title: { en: 'Repositories', fr: 'Dépôts', zh: '仓库' } },
    { type: 'fork', title: { en: 'Forks', fr: 'Forks', zh: '复刻' } },
    { type: 'star', title: { en: 'Stars', fr: 'Étoiles', zh: '星标' } },
    { type: 'other', title: { en: 'Anything else', fr: 'Tout le reste', zh: '其他事件' } },
  ],
  otherwise: 'other',
  id: { template: '{{ headers["x-github-delivery"] }}' },
  type: { template: '{{ headers["x-github-event"] }}' },
  title: { template: title() },
  subject: {
    template:
      '{{ body.pull_request.html_url | default: body.issue.html_url | default: body.discussion.html_url | default: body.workflow_run.html_url | default: body.release.html_url | default: body.repository.full_name | default: body.organization.login }}',
  },
  text: { template: text() },
  severity: { template: severity() },
  occurredAt: {
    template:
      '{{ body.comment.updated_at | default: body.review.submitted_at | default: body.head_commit.timestamp | default: body.workflow_run.updated_at | default: body.pull_request.updated_at | default: body.issue.updated_at }}',
  },
  actor: {
    name: { template: '{{ body.sender.login | default: body.pusher.name }}' },
    imageUrl: { pointer: '/sender/avatar_url' },
  },
  links: [
    {
      title: { en: 'Open on GitHub', fr: 'Ouvrir sur GitHub', zh: '在 GitHub 上打开' },
      url: {
        template:
          '{{ body.comment.html_url | default: body.review.html_url | default: body.pull_request.html_url | default: body.issue.html_url | default: body.discussion.html_url | default: body.release.html_url | default: body.workflow_run.html_url | default: body.check_run.html_url | default: body.workflow_job.html_url | default: body.alert.html_url | default: body.milestone.html_url | default: body.forkee.html_url | default: body.advisory.html_url | default: body.compare | default: body.repository.html_url }}',
      },
    },
  ],
  facts: [
    { name: repository, value: { pointer: '/repository/full_name' } },
    {
      name: branch,
      value: {
        template:
          '{% if body.pull_request.head.ref %}{{ body.pull_request.head.ref }} → {{ body.pull_request.base.ref }}{% else %}{{ body.workflow_run.head_branch | default: body.check_suite.head_branch }}{% endif %}',
      },
    },
    {
      name: { en: 'Changed files', fr: 'Fichiers modifiés', zh: '已更改文件' },
      value: {
        template:
          '{% if body.pull_request.changed_files %}{{ body.pull_request.changed_files }} (+{{ body.pull_request.additions }} −{{ body.pull_request.deletions }}){% endif %}',
      },
    },
    {
      name: labels,
      value: {
        template: '{{ body.pull_request.labels | default: body.issue.labels | map: "name" | join: ", " }}',
      },
    },
    {
      name: { en: 'Assignees', fr: 'Responsables', zh: '负责人' },
      value: {
        template:
          '{{ body.pull_request.assignees | default: body.issue.assignees | map: "login" | join: ", " }}',
      },
    },
    {
      name: { en: 'Milestone', fr: 'Jalon', zh: '里程碑' },
      value: { template: '{{ body.pull_request.milestone.title | default: body.issue.milestone.title }}' },
    },
  ],
  fields: [
    {
      field: 'event',
      title: { en: 'Event', fr: 'Événement', zh: '事件' },
      type: 'text',
      value: { template: '{{ headers["x-github-event"] }}' },
    },
    {
      field: 'action',
      title: { en: 'Action', fr: 'Action', zh: '操作' },
      type: 'text',
      value: { pointer: '/action' },
    },
    { field: 'repository', title: repository, type: 'text', value: { pointer: '/repository/full_name' } },
    {
      field: 'branch',
      title: branch,
      type: 'text',
      value: {
        template:
          '{% if body.ref %}{{ body.ref | replace_first: "refs/heads/", "" | replace_first: "refs/tags/", "" }}{% else %}{{ body.pull_request.base.ref | default: body.workflow_run.head_branch }}{% endif %}',
      },
    },
    {
      field: 'number',
      title: { en: 'Number', fr: 'Numéro', zh: '编号' },
      type: 'number',
      value: { template: '{{ body.pull_request.number | default: body.issue.number }}' },
    },
    {
      field: 'author',
      title: { en: 'Author', fr: 'Auteur', zh: '作者' },
      type: 'text',
      value: { template: '{{ body.pull_request.user.login | default: body.issue.user.login }}' },
    },
    {
      field: 'labels',
      title: labels,
      type: 'list',
      value: {
        template: '{{ body.pull_request.labels | default: body.issue.labels | map: "name" | join: "\\n" }}',
      },
    },
    {
      field: 'draft',
      title: { en: 'Draft', fr: 'Brouillon', zh: '草稿' },
      type: 'boolean',
      value: { pointer: '/pull_request/draft' },
    },
    {
      field: 'merged',
      title: { en: 'Merged', fr: 'Fusionnée', zh: '已合并' },
      type: 'boolean',
      value: { pointer: '/pull_request/merged' },
    },
    {
      field: 'conclusion',
      title: { en: 'Conclusion', fr: 'Conclusion', zh: '结果' },
      type: 'text',
      value: {
        template:
          '{{ body.workflow_run.conclusion | default: body.check_run.conclusion | default: body.deployment_status.state }}',
      },
    },
  ],
} satisfies GenericJsonSettings

/** "octocat opened pull request #3: Mend the fence". */
function title(): string {
  return `
{%- assign event = headers["x-github-event"] -%}
{%- assign who = body.sender.login | default: body.pusher.name -%}
{%- assign did = body.action | default: "" | replace: "_", " " | replace: "-", " " -%}
{%- assign repository = body.repository.full_name | default: body.organization.login -%}
{%- assign ref = body.ref | default: "" | replace_first: "refs/heads/", "" | replace_first: "refs/tags/", "" -%}
{%- case event -%}
{%- when "push" -%}
  {%- if body.deleted -%}{{ who }} removed {{ ref }} from {{ repository }}
  {%- elsif body.commits.size == 0 -%}{{ who }} {% if body.created %}made{% else %}moved{% endif %} {{ ref }} in {{ repository }}
  {%- else -%}{{ who }} {% if body.forced %}force-pushed{% else %}pushed{% endif %} {{ body.commits.size }} commit{% if body.commits.size != 1 %}s{% endif %} to {{ ref }} of {{ repository }}
  {%- endif -%}
{%- when "pull_request" -%}
  {%- case body.action -%}
  {%- when "closed" -%}{% if body.pull_request.merged %}{% assign did = "merged" %}{% endif %}
  {%- when "synchronize" -%}{% assign did = "updated" %}
  {%- when "review_requested" -%}{% assign did = "asked for a review of" %}
  {%- when "review_request_removed" -%}{% assign did = "no longer asks for a review of" %}
  {%- when "ready_for_review" -%}{% assign did = "marked" %}{% assign as = " as ready" %}
  {%- when "converted_to_draft" -%}{% assign did = "made a draft of" %}
  {%- when "enqueued" -%}{% assign did = "put in the merge queue" %}
  {%- when "dequeued" -%}{% assign did = "took out of the merge queue" %}
  {%- when "auto_merge_enabled" -%}{% assign did = "turned on auto-merge of" %}
  {%- when "auto_merge_disabled" -%}{% assign did = "turned off auto-merge of" %}
  {%- endcase -%}
  {{ who }} {{ did }} pull request #{{ body.pull_request.number }}{{ as }}: {{ body.pull_request.title }}
{%- when "pull_request_review" -%}
  {%- if body.action == "submitted" -%}
    {%- case body.review.state -%}
    {%- when "approved" -%}{% assign did = "approved" %}
    {%- when "changes_requested" -%}{% assign did = "asked for changes to" %}
    {%- else -%}{% assign did = "reviewed" %}
    {%- endcase -%}
  {%- else -%}{% assign did = did | append: " a review of" %}
  {%- endif -%}
  {{ who }} {{ did }} pull request #{{ body.pull_request.number }}: {{ body.pull_request.title }}
{%- when "pull_request_review_comment", "pull_request_review_thread" -%}
  {{ who }} {% if body.action == "created" %}commented on{% else %}{{ did }} a review {% if body.thread %}thread{% else %}comment{% endif %} on{% endif %} pull request #{{ body.pull_request.number }}: {{ body.pull_request.title }}
{%- when "issues" -%}
  {{ who }} {{ did }} issue #{{ body.issue.number }}: {{ body.issue.title }}
{%- when "issue_comment" -%}
  {{ who }} {% if body.action == "created" %}commented on{% else %}{{ did }} a comment on{% endif %} {% if body.issue.pull_request %}pull request{% else %}issue{% endif %} #{{ body.issue.number }}: {{ body.issue.title }}
{%- when "discussion" -%}
  {{ who }} {{ did }} discussion #{{ body.discussion.number }}: {{ body.discussion.title }}
{%- when "discussion_comment" -%}
  {{ who }} {% if body.action == "created" %}commented on{% else %}{{ did }} a comment on{% endif %} discussion #{{ body.discussion.number }}: {{ body.discussion.title }}
{%- when "commit_comment" -%}
  {{ who }} commented on {{ body.comment.commit_id | slice: 0, 7 }} in {{ repository }}
{%- when "release" -%}
  {{ who }} {{ did }} release {{ body.release.name | default: body.release.tag_name }} of {{ repository }}
{%- when "workflow_run" -%}
  {{ body.workflow_run.name | default: body.workflow.name }} {% if body.action == "completed" %}ended{% if body.workflow_run.conclusion %}: {{ body.workflow_run.conclusion | replace: "_", " " }}{% endif %}{% else %}{{ did }}{% endif %} on {{ body.workflow_run.head_branch }}
{%- when "workflow_job", "check_run" -%}
  {%- assign job = body.workflow_job | default: body.check_run -%}
  {{ job.name }} {% if body.action == "completed" %}ended{% if job.conclusion %}: {{ job.conclusion | replace: "_", " " }}{% endif %}{% else %}{{ did }}{% endif %} in {{ repository }}
{%- when "check_suite" -%}
  Checks {% if body.action == "completed" %}ended: {{ body.check_suite.conclusion | replace: "_", " " }}{% else %}{{ did }}{% endif %} on {{ body.check_suite.head_branch | default: repository }}
{%- when "status" -%}
  {{ body.context }}: {{ body.description | default: body.state }} in {{ repository }}
{%- when "deployment", "deployment_status" -%}
  Deployment to {{ body.deployment.environment }}{% if body.deployment_status %}: {{ body.deployment_status.state | replace: "_", " " }}{% else %} {{ did | default: "created" }}{% endif %}
{%- when "create" -%}
  {{ who }} made {{ body.ref_type }} {{ ref | default: repository }}
{%- when "delete" -%}
  {{ who }} removed {{ body.ref_type }} {{ ref }}
{%- when "fork" -%}
  {{ who }} forked {{ repository }}
{%- when "star" -%}
  {{ who }} {% if body.action == "created" %}starred{% else %}took the star from{% endif %} {{ repository }}
{%- when "watch" -%}
  {{ who }} started watching {{ repository }}
{%- when "public" -%}
  {{ who }} made {{ repository }} public
{%- when "member", "membership" -%}
  {{ who }} {{ did }} {{ body.member.login }} {% if body.action == "removed" %}from{% else %}{% if body.action == "added" %}to{% else %}in{% endif %}{% endif %} {{ body.team.name | default: repository }}
{%- when "dependabot_alert", "code_scanning_alert", "repository_vulnerability_alert" -%}
  {{ event | replace: "_", " " | capitalize }} {{ did }}: {{ body.alert.security_advisory.summary | default: body.alert.rule.description | default: body.alert.affected_package_name }}
{%- when "security_advisory" -%}
  Security advisory {{ did }}: {{ body.security_advisory.summary }}
{%- when "gollum" -%}
  {{ who }} edited {{ body.pages.size }} wiki page{% if body.pages.size != 1 %}s{% endif %} of {{ repository }}
{%- when "ping" -%}
  GitHub is connected{% if repository %} to {{ repository }}{% endif %}{% if body.zen %}: {{ body.zen }}{% endif %}
{%- else -%}
  {%- assign name = body.label.name | default: body.milestone.title | default: body.project.name | default: body.project_column.name | default: body.team.name | default: body.package.name | default: body.rule.name | default: body.key.title | default: body.membership.user.login | default: body.blocked_user.login | default: body.installation.account.login | default: repository -%}
  {{ who }}: {{ event | replace: "_", " " }}{% if did != "" %} {{ did }}{% endif %}{% if name %}: {{ name }}{% endif %}
{%- endcase -%}`
}

/** What was written, or the commits; HTML and its comments (issue templates are full of them) are left out. */
function text(): string {
  return `
{%- case headers["x-github-event"] -%}
{%- when "push" -%}
  {%- for commit in body.commits limit: 8 -%}
- [{{ commit.id | slice: 0, 7 }}]({{ commit.url }}) {{ commit.message | split: "\\n" | first | truncate: 120 }}
{% endfor -%}
  {%- if body.commits.size > 8 -%}…and {{ body.commits.size | minus: 8 }} more{%- endif -%}
{%- else -%}
  {{- body.comment.body | default: body.review.body | default: body.pull_request.body | default: body.issue.body | default: body.discussion.body | default: body.release.body | default: body.alert.rule.full_description | default: body.security_advisory.description | default: body.milestone.description | strip_html | strip | truncate: 1200 -}}
{%- endcase -%}`
}

function severity(): string {
  return `
{%- assign end = body.workflow_run.conclusion | default: body.check_run.conclusion | default: body.workflow_job.conclusion | default: body.check_suite.conclusion | default: body.deployment_status.state | default: body.state -%}
{%- assign danger = body.alert.security_advisory.severity | default: body.alert.rule.security_severity_level | default: body.security_advisory.severity -%}
{%- if danger == "critical" -%}critical
{%- elsif danger or body.alert -%}warning
{%- elsif end == "failure" or end == "error" or end == "timed_out" or end == "startup_failure" -%}warning
{%- elsif end == "success" -%}success
{%- elsif body.pull_request.merged and body.action == "closed" -%}success
{%- elsif body.release and body.action == "published" -%}success
{%- else -%}info
{%- endif -%}`
}
