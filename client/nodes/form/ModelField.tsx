import { Autocomplete, Select } from '@mantine/core';
import { modelPrices } from '../../../shared/workflow/pricing.ts';
import { t, translate } from '../../i18n/t.ts';
import { scalarText } from '../expression/scope.ts';
import { useFormContext } from './context.ts';
import type { FieldWidgetProps } from './context.ts';
import { optionsOf } from './schema.ts';
import { asString, inputProps } from './TextField.tsx';

/** A provider (where the setting is one of a few) or the name of a model of the chosen provider. */
export function ModelField(props: FieldWidgetProps) {
  const { readOnly, providers, config } = useFormContext();
  const options = optionsOf(props.schema);
  if (options.length > 0) {
    const off = new Set<string>(providers.filter((provider) => !provider.configured).map((provider) => provider.id));
    return (
      <Select
        {...inputProps(props)}
        data={options.map((option) => ({
          ...option,
          label: off.has(option.value) ? t('{label} (not set up)', { label: option.label }) : option.label,
        }))}
        value={scalarText(props.value ?? '')}
        allowDeselect={false}
        readOnly={readOnly}
        onChange={(value) => value !== null && props.onChange(value)}
      />
    );
  }
  const chosen = config['provider'];
  const provider = providers.find((one) => one.id === chosen);
  const known =
    provider === undefined
      ? []
      : [...new Set([provider.model, ...modelPrices[provider.id].map((row) => row.model)])].filter(Boolean);
  return (
    <Autocomplete
      {...inputProps(props)}
      placeholder={provider?.model || props.schema.placeholder || t('The default')}
      data={known}
      value={asString(props.value)}
      readOnly={readOnly}
      description={
        provider !== undefined && !provider.configured
          ? translate(provider.remedy ?? props.schema.description ?? '')
          : props.schema.description
      }
      onChange={props.onChange}
    />
  );
}
