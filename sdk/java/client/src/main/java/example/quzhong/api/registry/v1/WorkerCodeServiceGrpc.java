package example.quzhong.api.registry.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * One-time codes by which workers see their own record, without an account and without telling who they are.
 *   IssueWorkerCode ──▶ waiting ──RedeemWorkerCode──▶ used
 *                          ├──── 30 minutes ────────▶ expired
 *                          └──── a newer code ──────▶ replaced
 * A platform vouches for a worker of its own: the code opens the platform's share of the record, as the platform itself
 * sees it. A union vouches for a worker who came to it with the pseudonym: the code opens what lies in the union's areas
 * and remit, on whichever platform. Every code that was issued, and when it was used, is told to the worker.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class WorkerCodeServiceGrpc {

  private WorkerCodeServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "quzhong.api.registry.v1.WorkerCodeService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.IssueWorkerCodeRequest,
      example.quzhong.api.registry.v1.IssueWorkerCodeResponse> getIssueWorkerCodeMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "IssueWorkerCode",
      requestType = example.quzhong.api.registry.v1.IssueWorkerCodeRequest.class,
      responseType = example.quzhong.api.registry.v1.IssueWorkerCodeResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.IssueWorkerCodeRequest,
      example.quzhong.api.registry.v1.IssueWorkerCodeResponse> getIssueWorkerCodeMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.IssueWorkerCodeRequest, example.quzhong.api.registry.v1.IssueWorkerCodeResponse> getIssueWorkerCodeMethod;
    if ((getIssueWorkerCodeMethod = WorkerCodeServiceGrpc.getIssueWorkerCodeMethod) == null) {
      synchronized (WorkerCodeServiceGrpc.class) {
        if ((getIssueWorkerCodeMethod = WorkerCodeServiceGrpc.getIssueWorkerCodeMethod) == null) {
          WorkerCodeServiceGrpc.getIssueWorkerCodeMethod = getIssueWorkerCodeMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.registry.v1.IssueWorkerCodeRequest, example.quzhong.api.registry.v1.IssueWorkerCodeResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "IssueWorkerCode"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.IssueWorkerCodeRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.IssueWorkerCodeResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WorkerCodeServiceMethodDescriptorSupplier("IssueWorkerCode"))
              .build();
        }
      }
    }
    return getIssueWorkerCodeMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.RedeemWorkerCodeRequest,
      example.quzhong.api.registry.v1.RedeemWorkerCodeResponse> getRedeemWorkerCodeMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "RedeemWorkerCode",
      requestType = example.quzhong.api.registry.v1.RedeemWorkerCodeRequest.class,
      responseType = example.quzhong.api.registry.v1.RedeemWorkerCodeResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.RedeemWorkerCodeRequest,
      example.quzhong.api.registry.v1.RedeemWorkerCodeResponse> getRedeemWorkerCodeMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.RedeemWorkerCodeRequest, example.quzhong.api.registry.v1.RedeemWorkerCodeResponse> getRedeemWorkerCodeMethod;
    if ((getRedeemWorkerCodeMethod = WorkerCodeServiceGrpc.getRedeemWorkerCodeMethod) == null) {
      synchronized (WorkerCodeServiceGrpc.class) {
        if ((getRedeemWorkerCodeMethod = WorkerCodeServiceGrpc.getRedeemWorkerCodeMethod) == null) {
          WorkerCodeServiceGrpc.getRedeemWorkerCodeMethod = getRedeemWorkerCodeMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.registry.v1.RedeemWorkerCodeRequest, example.quzhong.api.registry.v1.RedeemWorkerCodeResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "RedeemWorkerCode"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.RedeemWorkerCodeRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.RedeemWorkerCodeResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WorkerCodeServiceMethodDescriptorSupplier("RedeemWorkerCode"))
              .build();
        }
      }
    }
    return getRedeemWorkerCodeMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.ListWorkerCodesRequest,
      example.quzhong.api.registry.v1.ListWorkerCodesResponse> getListWorkerCodesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListWorkerCodes",
      requestType = example.quzhong.api.registry.v1.ListWorkerCodesRequest.class,
      responseType = example.quzhong.api.registry.v1.ListWorkerCodesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.ListWorkerCodesRequest,
      example.quzhong.api.registry.v1.ListWorkerCodesResponse> getListWorkerCodesMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.ListWorkerCodesRequest, example.quzhong.api.registry.v1.ListWorkerCodesResponse> getListWorkerCodesMethod;
    if ((getListWorkerCodesMethod = WorkerCodeServiceGrpc.getListWorkerCodesMethod) == null) {
      synchronized (WorkerCodeServiceGrpc.class) {
        if ((getListWorkerCodesMethod = WorkerCodeServiceGrpc.getListWorkerCodesMethod) == null) {
          WorkerCodeServiceGrpc.getListWorkerCodesMethod = getListWorkerCodesMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.registry.v1.ListWorkerCodesRequest, example.quzhong.api.registry.v1.ListWorkerCodesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListWorkerCodes"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.ListWorkerCodesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.ListWorkerCodesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WorkerCodeServiceMethodDescriptorSupplier("ListWorkerCodes"))
              .build();
        }
      }
    }
    return getListWorkerCodesMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static WorkerCodeServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<WorkerCodeServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<WorkerCodeServiceStub>() {
        @java.lang.Override
        public WorkerCodeServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new WorkerCodeServiceStub(channel, callOptions);
        }
      };
    return WorkerCodeServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static WorkerCodeServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<WorkerCodeServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<WorkerCodeServiceBlockingV2Stub>() {
        @java.lang.Override
        public WorkerCodeServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new WorkerCodeServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return WorkerCodeServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static WorkerCodeServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<WorkerCodeServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<WorkerCodeServiceBlockingStub>() {
        @java.lang.Override
        public WorkerCodeServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new WorkerCodeServiceBlockingStub(channel, callOptions);
        }
      };
    return WorkerCodeServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static WorkerCodeServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<WorkerCodeServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<WorkerCodeServiceFutureStub>() {
        @java.lang.Override
        public WorkerCodeServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new WorkerCodeServiceFutureStub(channel, callOptions);
        }
      };
    return WorkerCodeServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * One-time codes by which workers see their own record, without an account and without telling who they are.
   *   IssueWorkerCode ──▶ waiting ──RedeemWorkerCode──▶ used
   *                          ├──── 30 minutes ────────▶ expired
   *                          └──── a newer code ──────▶ replaced
   * A platform vouches for a worker of its own: the code opens the platform's share of the record, as the platform itself
   * sees it. A union vouches for a worker who came to it with the pseudonym: the code opens what lies in the union's areas
   * and remit, on whichever platform. Every code that was issued, and when it was used, is told to the worker.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * For a platform or a union. A code of its that the worker has not used yet holds no more.
     * </pre>
     */
    default void issueWorkerCode(example.quzhong.api.registry.v1.IssueWorkerCodeRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.IssueWorkerCodeResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getIssueWorkerCodeMethod(), responseObserver);
    }

    /**
     * <pre>
     * For whoever has a code; no credential is asked for. A code that is wrong, used, replaced or expired is refused in the
     * same words. There is no request_id: a code works once, and whoever lost the answer asks for another code.
     * </pre>
     */
    default void redeemWorkerCode(example.quzhong.api.registry.v1.RedeemWorkerCodeRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.RedeemWorkerCodeResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getRedeemWorkerCodeMethod(), responseObserver);
    }

    /**
     * <pre>
     * For the worker: who had codes for this record issued in the last 92 days, why, and when they were used.
     * </pre>
     */
    default void listWorkerCodes(example.quzhong.api.registry.v1.ListWorkerCodesRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.ListWorkerCodesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListWorkerCodesMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service WorkerCodeService.
   * <pre>
   * One-time codes by which workers see their own record, without an account and without telling who they are.
   *   IssueWorkerCode ──▶ waiting ──RedeemWorkerCode──▶ used
   *                          ├──── 30 minutes ────────▶ expired
   *                          └──── a newer code ──────▶ replaced
   * A platform vouches for a worker of its own: the code opens the platform's share of the record, as the platform itself
   * sees it. A union vouches for a worker who came to it with the pseudonym: the code opens what lies in the union's areas
   * and remit, on whichever platform. Every code that was issued, and when it was used, is told to the worker.
   * </pre>
   */
  public static abstract class WorkerCodeServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return WorkerCodeServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service WorkerCodeService.
   * <pre>
   * One-time codes by which workers see their own record, without an account and without telling who they are.
   *   IssueWorkerCode ──▶ waiting ──RedeemWorkerCode──▶ used
   *                          ├──── 30 minutes ────────▶ expired
   *                          └──── a newer code ──────▶ replaced
   * A platform vouches for a worker of its own: the code opens the platform's share of the record, as the platform itself
   * sees it. A union vouches for a worker who came to it with the pseudonym: the code opens what lies in the union's areas
   * and remit, on whichever platform. Every code that was issued, and when it was used, is told to the worker.
   * </pre>
   */
  public static final class WorkerCodeServiceStub
      extends io.grpc.stub.AbstractAsyncStub<WorkerCodeServiceStub> {
    private WorkerCodeServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected WorkerCodeServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new WorkerCodeServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * For a platform or a union. A code of its that the worker has not used yet holds no more.
     * </pre>
     */
    public void issueWorkerCode(example.quzhong.api.registry.v1.IssueWorkerCodeRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.IssueWorkerCodeResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getIssueWorkerCodeMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * For whoever has a code; no credential is asked for. A code that is wrong, used, replaced or expired is refused in the
     * same words. There is no request_id: a code works once, and whoever lost the answer asks for another code.
     * </pre>
     */
    public void redeemWorkerCode(example.quzhong.api.registry.v1.RedeemWorkerCodeRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.RedeemWorkerCodeResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getRedeemWorkerCodeMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * For the worker: who had codes for this record issued in the last 92 days, why, and when they were used.
     * </pre>
     */
    public void listWorkerCodes(example.quzhong.api.registry.v1.ListWorkerCodesRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.ListWorkerCodesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListWorkerCodesMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service WorkerCodeService.
   * <pre>
   * One-time codes by which workers see their own record, without an account and without telling who they are.
   *   IssueWorkerCode ──▶ waiting ──RedeemWorkerCode──▶ used
   *                          ├──── 30 minutes ────────▶ expired
   *                          └──── a newer code ──────▶ replaced
   * A platform vouches for a worker of its own: the code opens the platform's share of the record, as the platform itself
   * sees it. A union vouches for a worker who came to it with the pseudonym: the code opens what lies in the union's areas
   * and remit, on whichever platform. Every code that was issued, and when it was used, is told to the worker.
   * </pre>
   */
  public static final class WorkerCodeServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<WorkerCodeServiceBlockingV2Stub> {
    private WorkerCodeServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected WorkerCodeServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new WorkerCodeServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * For a platform or a union. A code of its that the worker has not used yet holds no more.
     * </pre>
     */
    public example.quzhong.api.registry.v1.IssueWorkerCodeResponse issueWorkerCode(example.quzhong.api.registry.v1.IssueWorkerCodeRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getIssueWorkerCodeMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * For whoever has a code; no credential is asked for. A code that is wrong, used, replaced or expired is refused in the
     * same words. There is no request_id: a code works once, and whoever lost the answer asks for another code.
     * </pre>
     */
    public example.quzhong.api.registry.v1.RedeemWorkerCodeResponse redeemWorkerCode(example.quzhong.api.registry.v1.RedeemWorkerCodeRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getRedeemWorkerCodeMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * For the worker: who had codes for this record issued in the last 92 days, why, and when they were used.
     * </pre>
     */
    public example.quzhong.api.registry.v1.ListWorkerCodesResponse listWorkerCodes(example.quzhong.api.registry.v1.ListWorkerCodesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListWorkerCodesMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service WorkerCodeService.
   * <pre>
   * One-time codes by which workers see their own record, without an account and without telling who they are.
   *   IssueWorkerCode ──▶ waiting ──RedeemWorkerCode──▶ used
   *                          ├──── 30 minutes ────────▶ expired
   *                          └──── a newer code ──────▶ replaced
   * A platform vouches for a worker of its own: the code opens the platform's share of the record, as the platform itself
   * sees it. A union vouches for a worker who came to it with the pseudonym: the code opens what lies in the union's areas
   * and remit, on whichever platform. Every code that was issued, and when it was used, is told to the worker.
   * </pre>
   */
  public static final class WorkerCodeServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<WorkerCodeServiceBlockingStub> {
    private WorkerCodeServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected WorkerCodeServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new WorkerCodeServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * For a platform or a union. A code of its that the worker has not used yet holds no more.
     * </pre>
     */
    public example.quzhong.api.registry.v1.IssueWorkerCodeResponse issueWorkerCode(example.quzhong.api.registry.v1.IssueWorkerCodeRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getIssueWorkerCodeMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * For whoever has a code; no credential is asked for. A code that is wrong, used, replaced or expired is refused in the
     * same words. There is no request_id: a code works once, and whoever lost the answer asks for another code.
     * </pre>
     */
    public example.quzhong.api.registry.v1.RedeemWorkerCodeResponse redeemWorkerCode(example.quzhong.api.registry.v1.RedeemWorkerCodeRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getRedeemWorkerCodeMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * For the worker: who had codes for this record issued in the last 92 days, why, and when they were used.
     * </pre>
     */
    public example.quzhong.api.registry.v1.ListWorkerCodesResponse listWorkerCodes(example.quzhong.api.registry.v1.ListWorkerCodesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListWorkerCodesMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service WorkerCodeService.
   * <pre>
   * One-time codes by which workers see their own record, without an account and without telling who they are.
   *   IssueWorkerCode ──▶ waiting ──RedeemWorkerCode──▶ used
   *                          ├──── 30 minutes ────────▶ expired
   *                          └──── a newer code ──────▶ replaced
   * A platform vouches for a worker of its own: the code opens the platform's share of the record, as the platform itself
   * sees it. A union vouches for a worker who came to it with the pseudonym: the code opens what lies in the union's areas
   * and remit, on whichever platform. Every code that was issued, and when it was used, is told to the worker.
   * </pre>
   */
  public static final class WorkerCodeServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<WorkerCodeServiceFutureStub> {
    private WorkerCodeServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected WorkerCodeServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new WorkerCodeServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * For a platform or a union. A code of its that the worker has not used yet holds no more.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.registry.v1.IssueWorkerCodeResponse> issueWorkerCode(
        example.quzhong.api.registry.v1.IssueWorkerCodeRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getIssueWorkerCodeMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * For whoever has a code; no credential is asked for. A code that is wrong, used, replaced or expired is refused in the
     * same words. There is no request_id: a code works once, and whoever lost the answer asks for another code.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.registry.v1.RedeemWorkerCodeResponse> redeemWorkerCode(
        example.quzhong.api.registry.v1.RedeemWorkerCodeRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getRedeemWorkerCodeMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * For the worker: who had codes for this record issued in the last 92 days, why, and when they were used.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.registry.v1.ListWorkerCodesResponse> listWorkerCodes(
        example.quzhong.api.registry.v1.ListWorkerCodesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListWorkerCodesMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_ISSUE_WORKER_CODE = 0;
  private static final int METHODID_REDEEM_WORKER_CODE = 1;
  private static final int METHODID_LIST_WORKER_CODES = 2;

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
        case METHODID_ISSUE_WORKER_CODE:
          serviceImpl.issueWorkerCode((example.quzhong.api.registry.v1.IssueWorkerCodeRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.IssueWorkerCodeResponse>) responseObserver);
          break;
        case METHODID_REDEEM_WORKER_CODE:
          serviceImpl.redeemWorkerCode((example.quzhong.api.registry.v1.RedeemWorkerCodeRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.RedeemWorkerCodeResponse>) responseObserver);
          break;
        case METHODID_LIST_WORKER_CODES:
          serviceImpl.listWorkerCodes((example.quzhong.api.registry.v1.ListWorkerCodesRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.ListWorkerCodesResponse>) responseObserver);
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
          getIssueWorkerCodeMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.registry.v1.IssueWorkerCodeRequest,
              example.quzhong.api.registry.v1.IssueWorkerCodeResponse>(
                service, METHODID_ISSUE_WORKER_CODE)))
        .addMethod(
          getRedeemWorkerCodeMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.registry.v1.RedeemWorkerCodeRequest,
              example.quzhong.api.registry.v1.RedeemWorkerCodeResponse>(
                service, METHODID_REDEEM_WORKER_CODE)))
        .addMethod(
          getListWorkerCodesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.registry.v1.ListWorkerCodesRequest,
              example.quzhong.api.registry.v1.ListWorkerCodesResponse>(
                service, METHODID_LIST_WORKER_CODES)))
        .build();
  }

  private static abstract class WorkerCodeServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    WorkerCodeServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return example.quzhong.api.registry.v1.WorkerCodesProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("WorkerCodeService");
    }
  }

  private static final class WorkerCodeServiceFileDescriptorSupplier
      extends WorkerCodeServiceBaseDescriptorSupplier {
    WorkerCodeServiceFileDescriptorSupplier() {}
  }

  private static final class WorkerCodeServiceMethodDescriptorSupplier
      extends WorkerCodeServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    WorkerCodeServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (WorkerCodeServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new WorkerCodeServiceFileDescriptorSupplier())
              .addMethod(getIssueWorkerCodeMethod())
              .addMethod(getRedeemWorkerCodeMethod())
              .addMethod(getListWorkerCodesMethod())
              .build();
        }
      }
    }
    return result;
  }
}
