import { Field, FluentProvider, Input, teamsLightTheme } from '@fluentui/react-components'
import { createRoot } from 'react-dom/client'

/** The least that a page of React and Fluent UI can be: one field, and nothing to ask anybody. */
const place = document.getElementById('page')
if (place) {
  createRoot(place).render(
    <FluentProvider theme={teamsLightTheme}>
      <Field label="Name">
        <Input />
      </Field>
    </FluentProvider>,
  )
}
