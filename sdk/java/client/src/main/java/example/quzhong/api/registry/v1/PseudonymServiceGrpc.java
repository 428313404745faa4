package example.quzhong.api.registry.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Pseudonyms of workers, the same for a person on every platform, by an oblivious pseudorandom function:
 * RFC 9497, ristretto255-SHA512, verifiable mode. The platform blinds what it knows the worker by, the registry
 * evaluates with a key that never leaves it, the platform takes the blinding away. The registry learns nothing of the
 * worker, the platform nothing of the key. A worker's pseudonym is the first 18 of the 64 bytes, base64url.
 * Nothing of what is evaluated is kept or logged; only how many a party had evaluated is counted. An evaluation is a
 * function of its input, so there is no request_id: the same request again gets the same elements, and is counted.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class PseudonymServiceGrpc {

  private PseudonymServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "quzhong.api.registry.v1.PseudonymService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.EvaluatePseudonymsRequest,
      example.quzhong.api.registry.v1.EvaluatePseudonymsResponse> getEvaluatePseudonymsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "EvaluatePseudonyms",
      requestType = example.quzhong.api.registry.v1.EvaluatePseudonymsRequest.class,
      responseType = example.quzhong.api.registry.v1.EvaluatePseudonymsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.EvaluatePseudonymsRequest,
      example.quzhong.api.registry.v1.EvaluatePseudonymsResponse> getEvaluatePseudonymsMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.EvaluatePseudonymsRequest, example.quzhong.api.registry.v1.EvaluatePseudonymsResponse> getEvaluatePseudonymsMethod;
    if ((getEvaluatePseudonymsMethod = PseudonymServiceGrpc.getEvaluatePseudonymsMethod) == null) {
      synchronized (PseudonymServiceGrpc.class) {
        if ((getEvaluatePseudonymsMethod = PseudonymServiceGrpc.getEvaluatePseudonymsMethod) == null) {
          PseudonymServiceGrpc.getEvaluatePseudonymsMethod = getEvaluatePseudonymsMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.registry.v1.EvaluatePseudonymsRequest, example.quzhong.api.registry.v1.EvaluatePseudonymsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "EvaluatePseudonyms"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.EvaluatePseudonymsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.EvaluatePseudonymsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new PseudonymServiceMethodDescriptorSupplier("EvaluatePseudonyms"))
              .build();
        }
      }
    }
    return getEvaluatePseudonymsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.GetPseudonymKeysRequest,
      example.quzhong.api.registry.v1.GetPseudonymKeysResponse> getGetPseudonymKeysMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetPseudonymKeys",
      requestType = example.quzhong.api.registry.v1.GetPseudonymKeysRequest.class,
      responseType = example.quzhong.api.registry.v1.GetPseudonymKeysResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.GetPseudonymKeysRequest,
      example.quzhong.api.registry.v1.GetPseudonymKeysResponse> getGetPseudonymKeysMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.GetPseudonymKeysRequest, example.quzhong.api.registry.v1.GetPseudonymKeysResponse> getGetPseudonymKeysMethod;
    if ((getGetPseudonymKeysMethod = PseudonymServiceGrpc.getGetPseudonymKeysMethod) == null) {
      synchronized (PseudonymServiceGrpc.class) {
        if ((getGetPseudonymKeysMethod = PseudonymServiceGrpc.getGetPseudonymKeysMethod) == null) {
          PseudonymServiceGrpc.getGetPseudonymKeysMethod = getGetPseudonymKeysMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.registry.v1.GetPseudonymKeysRequest, example.quzhong.api.registry.v1.GetPseudonymKeysResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetPseudonymKeys"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.GetPseudonymKeysRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.GetPseudonymKeysResponse.getDefaultInstance()))
              .setSchemaDescriptor(new PseudonymServiceMethodDescriptorSupplier("GetPseudonymKeys"))
              .build();
        }
      }
    }
    return getGetPseudonymKeysMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.LinkPseudonymsRequest,
      example.quzhong.api.registry.v1.LinkPseudonymsResponse> getLinkPseudonymsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "LinkPseudonyms",
      requestType = example.quzhong.api.registry.v1.LinkPseudonymsRequest.class,
      responseType = example.quzhong.api.registry.v1.LinkPseudonymsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.LinkPseudonymsRequest,
      example.quzhong.api.registry.v1.LinkPseudonymsResponse> getLinkPseudonymsMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.LinkPseudonymsRequest, example.quzhong.api.registry.v1.LinkPseudonymsResponse> getLinkPseudonymsMethod;
    if ((getLinkPseudonymsMethod = PseudonymServiceGrpc.getLinkPseudonymsMethod) == null) {
      synchronized (PseudonymServiceGrpc.class) {
        if ((getLinkPseudonymsMethod = PseudonymServiceGrpc.getLinkPseudonymsMethod) == null) {
          PseudonymServiceGrpc.getLinkPseudonymsMethod = getLinkPseudonymsMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.registry.v1.LinkPseudonymsRequest, example.quzhong.api.registry.v1.LinkPseudonymsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "LinkPseudonyms"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.LinkPseudonymsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.LinkPseudonymsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new PseudonymServiceMethodDescriptorSupplier("LinkPseudonyms"))
              .build();
        }
      }
    }
    return getLinkPseudonymsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.UnlinkPseudonymsRequest,
      example.quzhong.api.registry.v1.UnlinkPseudonymsResponse> getUnlinkPseudonymsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "UnlinkPseudonyms",
      requestType = example.quzhong.api.registry.v1.UnlinkPseudonymsRequest.class,
      responseType = example.quzhong.api.registry.v1.UnlinkPseudonymsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.UnlinkPseudonymsRequest,
      example.quzhong.api.registry.v1.UnlinkPseudonymsResponse> getUnlinkPseudonymsMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.UnlinkPseudonymsRequest, example.quzhong.api.registry.v1.UnlinkPseudonymsResponse> getUnlinkPseudonymsMethod;
    if ((getUnlinkPseudonymsMethod = PseudonymServiceGrpc.getUnlinkPseudonymsMethod) == null) {
      synchronized (PseudonymServiceGrpc.class) {
        if ((getUnlinkPseudonymsMethod = PseudonymServiceGrpc.getUnlinkPseudonymsMethod) == null) {
          PseudonymServiceGrpc.getUnlinkPseudonymsMethod = getUnlinkPseudonymsMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.registry.v1.UnlinkPseudonymsRequest, example.quzhong.api.registry.v1.UnlinkPseudonymsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "UnlinkPseudonyms"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.UnlinkPseudonymsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.UnlinkPseudonymsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new PseudonymServiceMethodDescriptorSupplier("UnlinkPseudonyms"))
              .build();
        }
      }
    }
    return getUnlinkPseudonymsMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static PseudonymServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<PseudonymServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<PseudonymServiceStub>() {
        @java.lang.Override
        public PseudonymServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new PseudonymServiceStub(channel, callOptions);
        }
      };
    return PseudonymServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static PseudonymServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<PseudonymServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<PseudonymServiceBlockingV2Stub>() {
        @java.lang.Override
        public PseudonymServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new PseudonymServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return PseudonymServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static PseudonymServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<PseudonymServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<PseudonymServiceBlockingStub>() {
        @java.lang.Override
        public PseudonymServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new PseudonymServiceBlockingStub(channel, callOptions);
        }
      };
    return PseudonymServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static PseudonymServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<PseudonymServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<PseudonymServiceFutureStub>() {
        @java.lang.Override
        public PseudonymServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new PseudonymServiceFutureStub(channel, callOptions);
        }
      };
    return PseudonymServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Pseudonyms of workers, the same for a person on every platform, by an oblivious pseudorandom function:
   * RFC 9497, ristretto255-SHA512, verifiable mode. The platform blinds what it knows the worker by, the registry
   * evaluates with a key that never leaves it, the platform takes the blinding away. The registry learns nothing of the
   * worker, the platform nothing of the key. A worker's pseudonym is the first 18 of the 64 bytes, base64url.
   * Nothing of what is evaluated is kept or logged; only how many a party had evaluated is counted. An evaluation is a
   * function of its input, so there is no request_id: the same request again gets the same elements, and is counted.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Evaluate blinded elements under one version of the key.
     * </pre>
     */
    default void evaluatePseudonyms(example.quzhong.api.registry.v1.EvaluatePseudonymsRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.EvaluatePseudonymsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getEvaluatePseudonymsMethod(), responseObserver);
    }

    /**
     * <pre>
     * The versions that answer now, with their public keys, by version.
     * </pre>
     */
    default void getPseudonymKeys(example.quzhong.api.registry.v1.GetPseudonymKeysRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.GetPseudonymKeysResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetPseudonymKeysMethod(), responseObserver);
    }

    /**
     * <pre>
     * Tell which pseudonym of a new version follows which of an old one, while both answer, so that what is known of a
     * worker can go on under the new one: intake writes what is still said under the old one under the new one, and moves
     * what was said of the last days. A link that is known already changes nothing.
     * </pre>
     */
    default void linkPseudonyms(example.quzhong.api.registry.v1.LinkPseudonymsRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.LinkPseudonymsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getLinkPseudonymsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Undo a link that was wrong: what is said under the old pseudonym is the old worker's from then on, and what was said
     * under it in the last days goes back there. The same two cannot be linked again; with others each of them can. A link
     * within a chain, or of a pseudonym of which a link was undone before, is refused (LINK_NOT_APART).
     * </pre>
     */
    default void unlinkPseudonyms(example.quzhong.api.registry.v1.UnlinkPseudonymsRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.UnlinkPseudonymsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getUnlinkPseudonymsMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service PseudonymService.
   * <pre>
   * Pseudonyms of workers, the same for a person on every platform, by an oblivious pseudorandom function:
   * RFC 9497, ristretto255-SHA512, verifiable mode. The platform blinds what it knows the worker by, the registry
   * evaluates with a key that never leaves it, the platform takes the blinding away. The registry learns nothing of the
   * worker, the platform nothing of the key. A worker's pseudonym is the first 18 of the 64 bytes, base64url.
   * Nothing of what is evaluated is kept or logged; only how many a party had evaluated is counted. An evaluation is a
   * function of its input, so there is no request_id: the same request again gets the same elements, and is counted.
   * </pre>
   */
  public static abstract class PseudonymServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return PseudonymServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service PseudonymService.
   * <pre>
   * Pseudonyms of workers, the same for a person on every platform, by an oblivious pseudorandom function:
   * RFC 9497, ristretto255-SHA512, verifiable mode. The platform blinds what it knows the worker by, the registry
   * evaluates with a key that never leaves it, the platform takes the blinding away. The registry learns nothing of the
   * worker, the platform nothing of the key. A worker's pseudonym is the first 18 of the 64 bytes, base64url.
   * Nothing of what is evaluated is kept or logged; only how many a party had evaluated is counted. An evaluation is a
   * function of its input, so there is no request_id: the same request again gets the same elements, and is counted.
   * </pre>
   */
  public static final class PseudonymServiceStub
      extends io.grpc.stub.AbstractAsyncStub<PseudonymServiceStub> {
    private PseudonymServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected PseudonymServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new PseudonymServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Evaluate blinded elements under one version of the key.
     * </pre>
     */
    public void evaluatePseudonyms(example.quzhong.api.registry.v1.EvaluatePseudonymsRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.EvaluatePseudonymsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getEvaluatePseudonymsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * The versions that answer now, with their public keys, by version.
     * </pre>
     */
    public void getPseudonymKeys(example.quzhong.api.registry.v1.GetPseudonymKeysRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.GetPseudonymKeysResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetPseudonymKeysMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Tell which pseudonym of a new version follows which of an old one, while both answer, so that what is known of a
     * worker can go on under the new one: intake writes what is still said under the old one under the new one, and moves
     * what was said of the last days. A link that is known already changes nothing.
     * </pre>
     */
    public void linkPseudonyms(example.quzhong.api.registry.v1.LinkPseudonymsRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.LinkPseudonymsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getLinkPseudonymsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Undo a link that was wrong: what is said under the old pseudonym is the old worker's from then on, and what was said
     * under it in the last days goes back there. The same two cannot be linked again; with others each of them can. A link
     * within a chain, or of a pseudonym of which a link was undone before, is refused (LINK_NOT_APART).
     * </pre>
     */
    public void unlinkPseudonyms(example.quzhong.api.registry.v1.UnlinkPseudonymsRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.UnlinkPseudonymsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getUnlinkPseudonymsMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service PseudonymService.
   * <pre>
   * Pseudonyms of workers, the same for a person on every platform, by an oblivious pseudorandom function:
   * RFC 9497, ristretto255-SHA512, verifiable mode. The platform blinds what it knows the worker by, the registry
   * evaluates with a key that never leaves it, the platform takes the blinding away. The registry learns nothing of the
   * worker, the platform nothing of the key. A worker's pseudonym is the first 18 of the 64 bytes, base64url.
   * Nothing of what is evaluated is kept or logged; only how many a party had evaluated is counted. An evaluation is a
   * function of its input, so there is no request_id: the same request again gets the same elements, and is counted.
   * </pre>
   */
  public static final class PseudonymServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<PseudonymServiceBlockingV2Stub> {
    private PseudonymServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected PseudonymServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new PseudonymServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Evaluate blinded elements under one version of the key.
     * </pre>
     */
    public example.quzhong.api.registry.v1.EvaluatePseudonymsResponse evaluatePseudonyms(example.quzhong.api.registry.v1.EvaluatePseudonymsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getEvaluatePseudonymsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * The versions that answer now, with their public keys, by version.
     * </pre>
     */
    public example.quzhong.api.registry.v1.GetPseudonymKeysResponse getPseudonymKeys(example.quzhong.api.registry.v1.GetPseudonymKeysRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetPseudonymKeysMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Tell which pseudonym of a new version follows which of an old one, while both answer, so that what is known of a
     * worker can go on under the new one: intake writes what is still said under the old one under the new one, and moves
     * what was said of the last days. A link that is known already changes nothing.
     * </pre>
     */
    public example.quzhong.api.registry.v1.LinkPseudonymsResponse linkPseudonyms(example.quzhong.api.registry.v1.LinkPseudonymsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getLinkPseudonymsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Undo a link that was wrong: what is said under the old pseudonym is the old worker's from then on, and what was said
     * under it in the last days goes back there. The same two cannot be linked again; with others each of them can. A link
     * within a chain, or of a pseudonym of which a link was undone before, is refused (LINK_NOT_APART).
     * </pre>
     */
    public example.quzhong.api.registry.v1.UnlinkPseudonymsResponse unlinkPseudonyms(example.quzhong.api.registry.v1.UnlinkPseudonymsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getUnlinkPseudonymsMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service PseudonymService.
   * <pre>
   * Pseudonyms of workers, the same for a person on every platform, by an oblivious pseudorandom function:
   * RFC 9497, ristretto255-SHA512, verifiable mode. The platform blinds what it knows the worker by, the registry
   * evaluates with a key that never leaves it, the platform takes the blinding away. The registry learns nothing of the
   * worker, the platform nothing of the key. A worker's pseudonym is the first 18 of the 64 bytes, base64url.
   * Nothing of what is evaluated is kept or logged; only how many a party had evaluated is counted. An evaluation is a
   * function of its input, so there is no request_id: the same request again gets the same elements, and is counted.
   * </pre>
   */
  public static final class PseudonymServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<PseudonymServiceBlockingStub> {
    private PseudonymServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected PseudonymServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new PseudonymServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Evaluate blinded elements under one version of the key.
     * </pre>
     */
    public example.quzhong.api.registry.v1.EvaluatePseudonymsResponse evaluatePseudonyms(example.quzhong.api.registry.v1.EvaluatePseudonymsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getEvaluatePseudonymsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * The versions that answer now, with their public keys, by version.
     * </pre>
     */
    public example.quzhong.api.registry.v1.GetPseudonymKeysResponse getPseudonymKeys(example.quzhong.api.registry.v1.GetPseudonymKeysRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetPseudonymKeysMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Tell which pseudonym of a new version follows which of an old one, while both answer, so that what is known of a
     * worker can go on under the new one: intake writes what is still said under the old one under the new one, and moves
     * what was said of the last days. A link that is known already changes nothing.
     * </pre>
     */
    public example.quzhong.api.registry.v1.LinkPseudonymsResponse linkPseudonyms(example.quzhong.api.registry.v1.LinkPseudonymsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getLinkPseudonymsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Undo a link that was wrong: what is said under the old pseudonym is the old worker's from then on, and what was said
     * under it in the last days goes back there. The same two cannot be linked again; with others each of them can. A link
     * within a chain, or of a pseudonym of which a link was undone before, is refused (LINK_NOT_APART).
     * </pre>
     */
    public example.quzhong.api.registry.v1.UnlinkPseudonymsResponse unlinkPseudonyms(example.quzhong.api.registry.v1.UnlinkPseudonymsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getUnlinkPseudonymsMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service PseudonymService.
   * <pre>
   * Pseudonyms of workers, the same for a person on every platform, by an oblivious pseudorandom function:
   * RFC 9497, ristretto255-SHA512, verifiable mode. The platform blinds what it knows the worker by, the registry
   * evaluates with a key that never leaves it, the platform takes the blinding away. The registry learns nothing of the
   * worker, the platform nothing of the key. A worker's pseudonym is the first 18 of the 64 bytes, base64url.
   * Nothing of what is evaluated is kept or logged; only how many a party had evaluated is counted. An evaluation is a
   * function of its input, so there is no request_id: the same request again gets the same elements, and is counted.
   * </pre>
   */
  public static final class PseudonymServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<PseudonymServiceFutureStub> {
    private PseudonymServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected PseudonymServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new PseudonymServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Evaluate blinded elements under one version of the key.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.registry.v1.EvaluatePseudonymsResponse> evaluatePseudonyms(
        example.quzhong.api.registry.v1.EvaluatePseudonymsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getEvaluatePseudonymsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * The versions that answer now, with their public keys, by version.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.registry.v1.GetPseudonymKeysResponse> getPseudonymKeys(
        example.quzhong.api.registry.v1.GetPseudonymKeysRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetPseudonymKeysMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Tell which pseudonym of a new version follows which of an old one, while both answer, so that what is known of a
     * worker can go on under the new one: intake writes what is still said under the old one under the new one, and moves
     * what was said of the last days. A link that is known already changes nothing.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.registry.v1.LinkPseudonymsResponse> linkPseudonyms(
        example.quzhong.api.registry.v1.LinkPseudonymsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getLinkPseudonymsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Undo a link that was wrong: what is said under the old pseudonym is the old worker's from then on, and what was said
     * under it in the last days goes back there. The same two cannot be linked again; with others each of them can. A link
     * within a chain, or of a pseudonym of which a link was undone before, is refused (LINK_NOT_APART).
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.registry.v1.UnlinkPseudonymsResponse> unlinkPseudonyms(
        example.quzhong.api.registry.v1.UnlinkPseudonymsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getUnlinkPseudonymsMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_EVALUATE_PSEUDONYMS = 0;
  private static final int METHODID_GET_PSEUDONYM_KEYS = 1;
  private static final int METHODID_LINK_PSEUDONYMS = 2;
  private static final int METHODID_UNLINK_PSEUDONYMS = 3;

  private static final class MethodHandlers<Req, Resp> implements
      io.grpc.stub.ServerCalls.UnaryMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ServerStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ClientStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.BidiStreamingMethod<Req, Resp> {
    private final AsyncService serviceImpl;
    private final int methodId;

    MethodHandlers(AsyncService serviceImpl, int methodId) {
      this.serviceImpl = serviceImpl;
      this.methodId = methodId;
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public void invoke(Req request, io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        case METHODID_EVALUATE_PSEUDONYMS:
          serviceImpl.evaluatePseudonyms((example.quzhong.api.registry.v1.EvaluatePseudonymsRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.EvaluatePseudonymsResponse>) responseObserver);
          break;
        case METHODID_GET_PSEUDONYM_KEYS:
          serviceImpl.getPseudonymKeys((example.quzhong.api.registry.v1.GetPseudonymKeysRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.GetPseudonymKeysResponse>) responseObserver);
          break;
        case METHODID_LINK_PSEUDONYMS:
          serviceImpl.linkPseudonyms((example.quzhong.api.registry.v1.LinkPseudonymsRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.LinkPseudonymsResponse>) responseObserver);
          break;
        case METHODID_UNLINK_PSEUDONYMS:
          serviceImpl.unlinkPseudonyms((example.quzhong.api.registry.v1.UnlinkPseudonymsRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.UnlinkPseudonymsResponse>) responseObserver);
          break;
        default:
          throw new AssertionError();
      }
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public io.grpc.stub.StreamObserver<Req> invoke(
        io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        default:
          throw new AssertionError();
      }
    }
  }

  public static final io.grpc.ServerServiceDefinition bindService(AsyncService service) {
    return io.grpc.ServerServiceDefinition.builder(getServiceDescriptor())
        .addMethod(
          getEvaluatePseudonymsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.registry.v1.EvaluatePseudonymsRequest,
              example.quzhong.api.registry.v1.EvaluatePseudonymsResponse>(
                service, METHODID_EVALUATE_PSEUDONYMS)))
        .addMethod(
          getGetPseudonymKeysMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.registry.v1.GetPseudonymKeysRequest,
              example.quzhong.api.registry.v1.GetPseudonymKeysResponse>(
                service, METHODID_GET_PSEUDONYM_KEYS)))
        .addMethod(
          getLinkPseudonymsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.registry.v1.LinkPseudonymsRequest,
              example.quzhong.api.registry.v1.LinkPseudonymsResponse>(
                service, METHODID_LINK_PSEUDONYMS)))
        .addMethod(
          getUnlinkPseudonymsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.registry.v1.UnlinkPseudonymsRequest,
              example.quzhong.api.registry.v1.UnlinkPseudonymsResponse>(
                service, METHODID_UNLINK_PSEUDONYMS)))
        .build();
  }

  private static abstract class PseudonymServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    PseudonymServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return example.quzhong.api.registry.v1.PseudonymsProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("PseudonymService");
    }
  }

  private static final class PseudonymServiceFileDescriptorSupplier
      extends PseudonymServiceBaseDescriptorSupplier {
    PseudonymServiceFileDescriptorSupplier() {}
  }

  private static final class PseudonymServiceMethodDescriptorSupplier
      extends PseudonymServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    PseudonymServiceMethodDescriptorSupplier(java.lang.String methodName) {
      this.methodName = methodName;
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.MethodDescriptor getMethodDescriptor() {
      return getServiceDescriptor().findMethodByName(methodName);
    }
  }

  private static volatile io.grpc.ServiceDescriptor serviceDescriptor;

  public static io.grpc.ServiceDescriptor getServiceDescriptor() {
    io.grpc.ServiceDescriptor result = serviceDescriptor;
    if (result == null) {
      synchronized (PseudonymServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new PseudonymServiceFileDescriptorSupplier())
              .addMethod(getEvaluatePseudonymsMethod())
              .addMethod(getGetPseudonymKeysMethod())
              .addMethod(getLinkPseudonymsMethod())
              .addMethod(getUnlinkPseudonymsMethod())
              .build();
        }
      }
    }
    return result;
  }
}
