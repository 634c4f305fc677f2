import { Alert, Button, FileInput, Group, List, Modal, Text } from '@mantine/core';
import { FileJson } from 'lucide-react';
import { useState } from 'react';
import type { Failure } from '../api/errors.ts';
import { t } from '../i18n/t.ts';
import { readJsonFile } from './readJsonFile.ts';

export interface ImportDialogProps {
  title: string;
  text: string;
  action: string;
  pending: boolean;
  /** What the server said about the last file. */
  failure: Failure | null;
  onImport: (file: unknown) => void;
  onClose: () => void;
}

/** Takes a file with a workflow. What is wrong with it is said field by field; nothing is made of half a file. */
export function ImportDialog({ title, text, action, pending, failure, onImport, onClose }: ImportDialogProps) {
  const [file, setFile] = useState<File | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const choose = (next: File | null) => {
    setFile(next);
    setProblem(null);
  };
  const submit = async () => {
    if (!file) return setProblem(t('Choose a file'));
    const read = await readJsonFile(file);
    if ('problem' in read) setProblem(read.problem);
    else onImport(read.json);
  };
  return (
    <Modal opened onClose={onClose} size="md" title={<Text fw={650}>{title}</Text>}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Text c="dimmed" mb="md">
          {text}
        </Text>
        <FileInput
          label={t('File')}
          placeholder={t('Choose a .json file')}
          accept="application/json,.json"
          leftSection={<FileJson size={16} />}
          value={file}
          onChange={choose}
          error={problem}
          clearable
        />
        {failure && !problem ? <Refusal failure={failure} /> : null}
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={onClose}>
            {t('Cancel')}
          </Button>
          <Button type="submit" loading={pending}>
            {action}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}

function Refusal({ failure }: { failure: Failure }) {
  const fields = fieldsOf(failure);
  return (
    <Alert color="red" mt="md" title={t('This file cannot be used')} role="alert">
      {fields.length === 0 ? (
        failure.message
      ) : (
        <List size="sm" spacing={4}>
          {fields.map(([field, message]) => (
            <List.Item key={field} style={{ overflowWrap: 'anywhere' }}>
              <b>{field.replace(/^file\./, '')}</b>: {message}
            </List.Item>
          ))}
        </List>
      )}
    </Alert>
  );
}

function fieldsOf({ details }: Failure): [string, string][] {
  const { fields } = details;
  if (typeof fields !== 'object' || fields === null) return [];
  return Object.entries(fields).flatMap(([field, message]): [string, string][] =>
    typeof message === 'string' ? [[field, message]] : [],
  );
}
