import {
  create,
  type DescMessage,
  type DescMethod,
  fromBinary,
  type MessageInitShape,
  type MessageShape,
  toBinary,
} from "@bufbuild/protobuf";
import type { MethodDefinition, ServiceDefinition } from "@grpc/grpc-js";
import { DagsterApi } from "./dagster_api_pb.ts";

/** A response: the fields of its message, or the message already encoded, which is sent as it is. */
type Reply<Schema extends DescMessage> = MessageInitShape<Schema> | Uint8Array;

type Methods = typeof DagsterApi.method;
type Method = Methods[keyof Methods];

/** Handlers of the service's methods; they answer synchronously, asynchronously, or as a stream. */
export type MethodAnswers = {
  readonly [Name in keyof Methods]?: (
    request: MessageShape<Methods[Name]["input"]>,
  ) => Methods[Name]["methodKind"] extends "server_streaming"
    ? Iterable<Reply<Methods[Name]["output"]>>
    : Reply<Methods[Name]["output"]> | Promise<Reply<Methods[Name]["output"]>>;
};

/** Dagster's service in the form that grpc-js expects: protobuf-es reads and writes the messages. */
export const dagsterService: ServiceDefinition = Object.fromEntries(
  DagsterApi.methods.map((method) => [method.localName, methodDefinition(method)]),
);

/** Method names under which grpc-js looks up handlers. */
export const methodNames: readonly string[] = DagsterApi.methods.map(({ localName }) => localName);

function methodDefinition(method: DescMethod): MethodDefinition<unknown, unknown> {
  const { input, output, methodKind, name } = method as Method;
  return {
    path: `/${DagsterApi.typeName}/${name}`,
    requestStream: false,
    responseStream: methodKind === "server_streaming",
    requestSerialize: (message) => encode(input, message as Reply<DescMessage>),
    requestDeserialize: (bytes) => fromBinary(input, bytes),
    responseSerialize: (message) => encode(output, message as Reply<DescMessage>),
    responseDeserialize: (bytes) => fromBinary(output, bytes),
  };
}

function encode(schema: DescMessage, message: Reply<DescMessage>): Buffer {
  const bytes = message instanceof Uint8Array ? message : toBinary(schema, create(schema, message));
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
